import type { Detection } from '../../domain/anomaly.ts';
import type { WindowEvidence } from '../../domain/correction.ts';
import { isAboveBaseline } from '../../domain/direction.ts';
import type { StoredFinding } from '../../domain/finding.ts';
import type { FindingId } from '../../domain/identifiers.ts';
import type { Model } from '../../domain/model.ts';
import type { Report } from '../../domain/report.ts';
import type { VotedWindow } from '../../domain/vote.ts';
import type { Stores } from '../../ports/stores.ts';

/** What stage 2 sees of detections of one model; undefined where there was no forecast. */
export type SeeDetections = (model: Model, detections: readonly Detection[]) => readonly (WindowEvidence | undefined)[];

export interface VotedWindowsDeps {
  readonly stores: Pick<Stores, 'mutes' | 'events'>;
  readonly see: SeeDetections;
}

/** Windows of one finding that are kept: a longer run says nothing new, and would weigh on the row. */
const MOST_WINDOWS = 14;

/**
 * The anomalous windows of a report, or of one of its findings, as stage 2 saw them. What was muted or injected on purpose is
 * kept and marked; what rules without history found has no evidence and is left out.
 */
export function votedWindows(
  { stores, see }: VotedWindowsDeps,
  model: Model,
  { report, findingId }: { readonly report: Report; readonly findingId?: FindingId | undefined },
): readonly VotedWindow[] {
  const findings = report.findings.filter(({ id }) => findingId === undefined || id === findingId);
  return findings.flatMap((finding) => windowsOf(finding));

  function windowsOf({ id, series, anomalies }: StoredFinding): readonly VotedWindow[] {
    const banded = anomalies.filter(({ rule }) => rule === 'band').slice(-MOST_WINDOWS);
    const seen = see(model, banded);
    return banded.flatMap(({ window, value, forecast }, place): VotedWindow[] => {
      const evidence = seen[place];
      if (evidence === undefined) return [];
      const isAbove = isAboveBaseline({ value, forecast });
      const isMuted = stores.mutes.spans(model.id, window.startMs, window.endMs).length > 0;
      const events = stores.events.overlapping(model.id, window.startMs, window.endMs);
      const isLeftOut = isMuted || events.some(({ kind }) => kind === 'injected');
      return [{ findingId: id, series, window, isAbove, seen: evidence, ...(isLeftOut && { isLeftOut }) }];
    });
  }
}

import type { Anomaly, Detection } from '../../domain/anomaly.ts';
import { type Correction, isTold, type Place, type WindowEvidence } from '../../domain/correction.ts';
import { isAboveBaseline } from '../../domain/direction.ts';
import type { Finding } from '../../domain/finding.ts';
import type { EpochMs } from '../../domain/identifiers.ts';
import type { Label } from '../../domain/label.ts';
import type { Model } from '../../domain/model.ts';
import { seriesName } from '../../domain/series.ts';
import type { Stores } from '../../ports/stores.ts';
import type { SeeDetections } from '../votes/voted-windows.ts';
import { isMissed } from './fit-raises.ts';
import { judgeWindow } from './label-quality.ts';
import type { QuietByName } from './quiet-windows.ts';

export interface ForeseeDeps {
  readonly stores: Pick<Stores, 'models' | 'reports'>;
  readonly see: SeeDetections;
}

export interface ForeseenChanges {
  /** Findings of the span that were looked at. */
  readonly findings: number;
  /** Of them, those that would not be found any more. */
  readonly quieter: number;
  /** Windows that were not told and would be, of what people named and of what nobody spoke of. */
  readonly louder: number;
  /** Models that would lose most findings that nobody has voted down. */
  readonly silenced: readonly string[];
}

const MOST_LOST_SHARE = 0.5;
/** Below so many, a share says nothing. */
const LEAST_FINDINGS = 4;

export interface Foreseen {
  readonly inForce: Correction;
  readonly candidate: Correction;
  readonly fromMs: EpochMs;
  readonly quiet: QuietByName;
}

/** What a candidate would change in what was found since `fromMs`, and which way. */
export function foreseeChanges(
  deps: ForeseeDeps,
  labels: readonly Label[],
  { inForce, candidate, fromMs, quiet }: Foreseen,
): ForeseenChanges {
  const downvoted = new Set(labels.filter(({ verdict }) => verdict === 'not_useful').map(windowName));
  const louder = countLouder([...labels.filter(isMissed), ...unspoken(quiet)], inForce, candidate);
  const total = { findings: 0, quieter: 0, louder, silenced: [] as string[] };
  for (const model of deps.stores.models.list()) {
    const judge = tellers(deps, model, inForce, candidate);
    let [unvoted, lost] = [0, 0];
    for (const finding of findingsSince(deps, model, fromMs)) {
      total.findings += 1;
      const judged = finding.anomalies.every(isCorrectable) ? judge(finding.anomalies) : [];
      const isLost = judged.some(({ was }) => was) && judged.every(({ is }) => !is);
      if (isLost) total.quieter += 1;
      if (finding.anomalies.some((one) => downvoted.has(windowName({ ...one, model: model.slug })))) continue;
      unvoted += 1;
      if (isLost) lost += 1;
    }
    if (unvoted >= LEAST_FINDINGS && lost > MOST_LOST_SHARE * unvoted) total.silenced.push(model.slug);
  }
  return total;
}

function tellers({ see }: ForeseeDeps, model: Model, inForce: Correction, candidate: Correction) {
  return (detections: readonly Detection[]): readonly { readonly was: boolean; readonly is: boolean }[] => {
    const seen = detections.length === 0 ? [] : see(model, detections);
    return detections.flatMap((detection, place) => {
      const evidence = seen[place];
      if (evidence === undefined) return [];
      const isAbove = isAboveBaseline(detection);
      const where = { model: model.slug, series: detection.series, isAbove };
      const ask = (correction: Correction) =>
        judgeWindow(correction, { seen: evidence, place: where, isReal: true, weight: 1 }).isTold;
      return [{ was: ask(inForce), is: ask(candidate) }];
    });
  };
}

function isCorrectable({ rule, forecast, value }: Anomaly): boolean {
  return rule === 'band' && forecast !== undefined && value !== null;
}

function findingsSince({ stores }: ForeseeDeps, model: Model, fromMs: EpochMs): readonly Finding[] {
  return stores.reports.list(model.id).flatMap(({ findings }) => findings.filter(({ to }) => to.startMs >= fromMs));
}

type SeenPlace = Place & { readonly seen: WindowEvidence };

function unspoken(quiet: QuietByName): readonly SeenPlace[] {
  return [...quiet.values()].flatMap(({ windows, silenced, ...place }) =>
    [...windows, ...silenced].map(({ seen }) => ({ ...place, seen })),
  );
}

function countLouder(windows: readonly SeenPlace[], inForce: Correction, candidate: Correction): number {
  return windows.filter((one) => isTold(candidate, one.seen, one) && !isTold(inForce, one.seen, one)).length;
}

function windowName({ model, series, window }: Pick<Label, 'model' | 'series' | 'window'>): string {
  return JSON.stringify([model, seriesName(series), window.startMs]);
}

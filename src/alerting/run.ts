import type { Finding, HeldFinding } from '../domain/finding.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { type Window, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { endingOf } from './ending.ts';
import { enqueueNote, enqueueReport } from './enqueue.ts';
import { extentOf, isMuchWorse, largest, outIn } from './extent.ts';
import { eventOf, type IncidentEvent, isPast, transition } from './lifecycle.ts';
import { isNewNormal } from './new-normal.ts';
import { severityWord } from './severity-word.ts';
import { trackHeld } from './track-held.ts';
import { updatesOf } from './updates.ts';

export interface AlertingDeps {
  readonly stores: Pick<Stores, 'reports' | 'outbox' | 'mutes' | 'detections' | 'transaction'>;
}

export type Step = 'open' | 'develop' | 'resolve' | 'wait' | 'past' | 'quiet';

export interface AlertingResult {
  readonly step: Step;
  readonly report?: Report;
}

export interface JudgedWindow {
  readonly model: Model;
  readonly window: Window;
  readonly findings: readonly Finding[];
  /** Findings that people's words hold: an open report goes on tracking those that are its own. */
  readonly held: readonly HeldFinding[];
  readonly isFiring: boolean;
  /** False where later windows have been judged already: reports then stay as they are. */
  readonly isNewest: boolean;
  readonly now: EpochMs;
}

/**
 * Step 4: what a judged window does to the model's one report. The change and the intention to tell it are written
 * in one transaction; the message leaves after the commit.
 */
export function runAlerting(deps: AlertingDeps, given: JudgedWindow): AlertingResult {
  const { stores } = deps;
  const { model, window, now } = given;
  return stores.transaction(() => {
    if (!given.isNewest) return { step: 'past' };
    const open = stores.reports.open(model.id);
    if (open === undefined && !given.isFiring) return { step: 'quiet' };
    if (isPast(window.startMs, { open, newest: stores.reports.latest(model.id) })) return { step: 'past' };
    if (open === undefined) return openReport(stores, given);

    const judged = { ...given, ...trackHeld(open.findings, given, window) };
    const { findings, isFiring } = judged;
    const event = eventOf({
      isFiring,
      outSeries: outIn(findings, window).length,
      peakSeries: open.peak.series,
      hasFindings: findings.length > 0,
      windowsSinceFiring: windowsBetween(open.latest.startMs, window.startMs, model.zone, model.granularity).length,
    });
    const report = event === 'returns' ? resolve(stores, open, judged) : develop(stores, open, { judged, event });
    enqueueReport(stores, report, now);
    for (const note of updatesOf({ before: open, after: report, model, window })) {
      enqueueNote(stores, report, { note, now });
    }
    return { step: event === 'returns' ? 'resolve' : event === 'rests' ? 'wait' : 'develop', report };
  });
}

function openReport(stores: AlertingDeps['stores'], { model, window, findings, now }: JudgedWindow): AlertingResult {
  const out = outIn(findings, window);
  const report = stores.reports.insert({
    modelId: model.id,
    severity: severityWord(findings),
    opened: window,
    findings,
    extent: extentOf(out.length > 0 ? out : findings),
  });
  enqueueReport(stores, report, now);
  return { step: 'open', report };
}

function develop(
  stores: AlertingDeps['stores'],
  open: Report,
  { judged, event }: { readonly judged: JudgedWindow; readonly event: IncidentEvent },
): Report {
  const { window, findings, held, isFiring, model, now } = judged;
  const out = isFiring ? outIn(findings, window) : [];
  const extent = extentOf(out);
  const isMuted = stores.mutes.active(model.id, now) !== undefined;
  const news = extentOf(out.filter((finding) => !held.some((one) => one === finding)));
  const isTold = !isMuted && isFiring && isMuchWorse(news, open.told);
  const asksNow = !isMuted && open.normalAskedMs === undefined && isNewNormal(out, window);
  const developed = stores.reports.develop(open.id, {
    latest: isFiring ? window : open.latest,
    severity: isFiring ? severityWord(findings) : open.severity,
    findings,
    progress: {
      judged: window,
      outSeries: out.length,
      peak: isFiring ? largest(extent, open.peak) : open.peak,
      told: isTold ? largest(news, open.told) : open.told,
      ...(asksNow ? { normalAskedMs: window.startMs } : {}),
    },
  });
  const next = transition(open.state, event, { isAcknowledged: open.acknowledgedBy !== undefined });
  if (next === undefined || next === 'quiet' || next === open.state) return developed;
  const { acknowledgedBy: by, acknowledgedAt: at = now } = open;
  return (
    stores.reports.move(open.id, [open.state], { state: next, at, ...(by === undefined ? {} : { by }) }) ?? developed
  );
}

/** Only now is it known how long each run was; what people saw while it fired stays. */
function resolve(stores: AlertingDeps['stores'], open: Report, { model, window, findings, now }: JudgedWindow): Report {
  const { latest, severity, peak, told } = open;
  const developed = stores.reports.develop(open.id, {
    ...{ latest, severity, findings },
    progress: { judged: window, outSeries: 0, peak, told },
  });
  const newest = stores.detections.between(model.id, window.startMs, window.endMs);
  const ending = endingOf(developed.findings, newest);
  return stores.reports.move(open.id, [open.state], { state: 'resolved', at: now, window, ending }) ?? developed;
}

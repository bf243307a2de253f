import type { Finding } from '../domain/finding.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { type Window, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { enqueueReport } from './enqueue.ts';
import { nextStep, type Step } from './lifecycle.ts';
import { severityWord } from './severity-word.ts';

export interface AlertingDeps {
  readonly stores: Pick<Stores, 'reports' | 'outbox' | 'mutes' | 'transaction'>;
}

export interface AlertingResult {
  readonly step: Step;
  readonly report?: Report;
}

/**
 * Step 4: what a judged window does to the model's one report. The change and the intention to tell it are written
 * in one transaction; the message leaves after the commit.
 */
export function runAlerting(
  deps: AlertingDeps,
  input: {
    readonly model: Model;
    readonly window: Window;
    readonly findings: readonly Finding[];
    readonly isFiring: boolean;
    /** False where later windows have been judged already: reports then stay as they are. */
    readonly isNewest: boolean;
    readonly now: EpochMs;
  },
): AlertingResult {
  const { stores } = deps;
  const { model, window, findings } = input;
  return stores.transaction(() => {
    const open = stores.reports.open(model.id);
    const step = nextStep({
      open,
      newest: stores.reports.latest(model.id),
      window,
      isNewest: input.isNewest,
      isFiring: input.isFiring,
      hasFindings: findings.length > 0,
      windowsSinceFiring: open === undefined ? 0 : countWindows(open.latest, window, model),
    });
    const report = apply(stores, step, { model, window, findings, open, now: input.now });
    if (report !== undefined) enqueueReport(stores, report, input.now);
    return report === undefined ? { step } : { step, report };
  });
}

function apply(
  stores: AlertingDeps['stores'],
  step: Step,
  input: { model: Model; window: Window; findings: readonly Finding[]; open: Report | undefined; now: EpochMs },
): Report | undefined {
  const { model, window, findings, open, now } = input;
  const severity = severityWord(findings);
  switch (step) {
    case 'open':
      return stores.reports.insert({ modelId: model.id, severity, opened: window, findings });
    case 'develop':
      return open && stores.reports.develop(open.id, { latest: window, severity, findings });
    case 'resolve':
      // Only now is it known how long each run was; what people saw while it fired stays.
      if (open === undefined) return undefined;
      stores.reports.develop(open.id, { latest: open.latest, severity: open.severity, findings });
      return stores.reports.move(open.id, ['firing', 'acknowledged'], { state: 'resolved', at: now, window });
    case 'wait':
    case 'past':
    case 'quiet':
      return undefined;
    default:
      return step satisfies never;
  }
}

/** Windows from `from` to `to`: 0 for the same, 1 for neighbours. */
function countWindows(from: Window, to: Window, model: Model): number {
  return windowsBetween(from.startMs, to.startMs, model.zone, model.granularity).length;
}

import type { Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { shiftWindow, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { type Cause, findCauses } from './causes/index.ts';
import { deviationsOf } from './past-deviations.ts';

export interface CauseDeps {
  readonly stores: Pick<Stores, 'models' | 'detections' | 'events'>;
}

/** Windows before a report that tell which series always move together: the fewest that can, and as many again. */
const PAST_WINDOWS = 60;
/** The widest findings whose past is read; the others are told by their looks and names. */
const MOST_PASTS = 200;

/** What the findings of a report are likely about, with what is known of their past. */
export function reportCauses({ stores }: CauseDeps, report: Report, model: Model): readonly Cause[] {
  const { findings, opened, judged } = report;
  const { zone, granularity } = model;
  const onset = findings.reduce((first, { from }) => (from.startMs < first.startMs ? from : first), opened);
  const start = shiftWindow(onset, -PAST_WINDOWS, zone, granularity);
  const keys = findings.toSorted((a, b) => b.severity - a.severity).slice(0, MOST_PASTS);
  const past = stores.detections.ofSeries(
    model.id,
    keys.map(({ series }) => series),
    start.startMs,
    onset.startMs,
  );
  return findCauses({
    findings,
    columns: stores.models.columns(model.id),
    events: stores.events.overlapping(model.id, shiftWindow(onset, -1, zone, granularity).startMs, judged.endMs),
    pastDeviations: deviationsOf(past, windowsBetween(start.startMs, onset.startMs, zone, granularity)),
  });
}

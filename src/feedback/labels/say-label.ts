import type { Detection } from '../../domain/anomaly.ts';
import { isAboveBaseline } from '../../domain/direction.ts';
import type { EpochMs, LabelId, UserId } from '../../domain/identifiers.ts';
import type { SaidLabel } from '../../domain/label.ts';
import type { Model } from '../../domain/model.ts';
import { type SeriesKey, seriesName } from '../../domain/series.ts';
import type { Verdict } from '../../domain/vote.ts';
import type { Window } from '../../domain/window.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/stores.ts';
import type { SeeDetections } from '../votes/voted-windows.ts';

export interface SayLabelDeps {
  readonly stores: Pick<Stores, 'labels' | 'detections' | 'events' | 'audit' | 'transaction'>;
  readonly clock: Clock;
  readonly see: SeeDetections;
}

export interface SayLabelInput {
  readonly model: Model;
  readonly keys: readonly SeriesKey[];
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly verdict: Verdict;
  readonly by: UserId;
  readonly word?: string;
}

export interface SaidLabels {
  /** The least number of the labels. */
  readonly id: LabelId;
  /** Windows outside their band: what stage 2 can learn from. */
  readonly windows: number;
  /** Windows outside their band that were injected on purpose: nothing is learned from them. */
  readonly leftOut: number;
  /** Series with such windows. */
  readonly series: readonly SeriesKey[];
}

/**
 * Keeps what a person says of a span: that an incident was there, whether or not it was found, or that nothing was wrong. Of
 * each series the windows outside their band are kept as stage 2 sees them, but for what was injected on purpose; a series
 * without any is kept as said.
 */
export function sayLabel({ stores, clock, see }: SayLabelDeps, input: SayLabelInput): SaidLabels {
  const { model, keys, fromMs, toMs, verdict, by, word } = input;
  const outside = stores.detections.ofSeries(model.id, keys, fromMs, toMs).filter(isOutside);
  const detections = outside.filter(({ window }) => !isInjected(stores, model, window));
  const seen = see(model, detections);
  const at = clock.now();
  return stores.transaction(() => {
    const told = keys.flatMap((series) => {
      const windows = detections.flatMap((detection, place): SaidLabel['windows'] => {
        const evidence = seen[place];
        if (evidence === undefined || seriesName(detection.series) !== seriesName(series)) return [];
        const isAbove = isAboveBaseline(detection);
        return [{ window: detection.window, isAbove, seen: evidence }];
      });
      const said = { series, fromMs, toMs, verdict, by, at, windows, ...(word === undefined ? {} : { word }) };
      const id = stores.labels.put(model.id, said);
      return [{ id, series, windows: windows.length }];
    });
    const facts = { fromMs, toMs, verdict, series: keys.map(seriesName), word };
    stores.audit.add({ at, by, action: 'label.say', subject: `model:${model.slug}`, facts });
    return {
      id: Math.min(...told.map(({ id }) => id)) as LabelId,
      windows: told.reduce((sum, { windows }) => sum + windows, 0),
      leftOut: outside.length - detections.length,
      series: told.filter(({ windows }) => windows > 0).map(({ series }) => series),
    };
  });
}

function isOutside({ value, forecast }: Detection): boolean {
  return value !== null && forecast !== undefined && (value < forecast.lower || value > forecast.upper);
}

function isInjected({ events }: Pick<Stores, 'events'>, { id }: Model, { startMs, endMs }: Window): boolean {
  return events.overlapping(id, startMs, endMs).some(({ kind }) => kind === 'injected');
}

import { groupBy } from '../domain/group-by.ts';
import type { EpochMs, LabelId, UserId } from '../domain/identifiers.ts';
import type { StoredLabel } from '../domain/label.ts';
import type { Model } from '../domain/model.ts';
import { type SeriesKey, seriesName } from '../domain/series.ts';
import type { Verdict } from '../domain/vote.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import { isBrought, standingLabels } from './standing-labels.ts';

/** What a person said by hand in one go: a label for each series of a column. */
export interface Saying {
  /** The least of its labels' numbers. */
  readonly id: LabelId;
  readonly series: readonly SeriesKey[];
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly verdict: Verdict;
  readonly by: UserId;
  readonly at: EpochMs;
  readonly word?: string;
  /** That are learned from. */
  readonly windows: number;
}

/** What was said of a model by hand and still holds, the newest first. */
export function sayings({ labels }: Pick<Stores, 'labels'>, { id }: Pick<Model, 'id'>): readonly Saying[] {
  return groupsOf(labels.of(id)).map(sayingOf).toReversed();
}

export interface TakeBackDeps {
  readonly stores: Pick<Stores, 'labels' | 'audit' | 'transaction'>;
  readonly clock: Clock;
}

/** Takes back all that was said in one go with the label of that number. Undefined where there is none that still holds. */
export function takeBack(
  { stores, clock }: TakeBackDeps,
  { model, id, by }: { readonly model: Pick<Model, 'id' | 'slug'>; readonly id: LabelId; readonly by: UserId },
): Saying | undefined {
  return stores.transaction(() => {
    const group = groupsOf(stores.labels.of(model.id)).find((labels) => labels.some((label) => label.id === id));
    if (group === undefined) return undefined;
    const at = clock.now();
    for (const label of group) stores.labels.undo(label.id, at);
    const saying = sayingOf(group);
    const { fromMs, toMs, verdict, series, by: whose } = saying;
    const facts = { label: saying.id, whose, fromMs, toMs, verdict, series: series.map(seriesName) };
    stores.audit.add({ at, by, action: 'label.undo', subject: `model:${model.slug}`, facts });
    return saying;
  });
}

function groupsOf(labels: readonly StoredLabel[]): readonly (readonly StoredLabel[])[] {
  const byHand = standingLabels([], labels).filter((label) => !isBrought(label));
  const groups = groupBy(byHand, ({ at, by, series: { segment, column }, fromMs, toMs, verdict, word }) =>
    JSON.stringify([at, by, segment, column, fromMs, toMs, verdict, word]),
  );
  return [...groups.values()];
}

function sayingOf(group: readonly StoredLabel[]): Saying {
  const [first] = group as readonly [StoredLabel];
  const { fromMs, toMs, verdict, by, at, word } = first;
  return {
    ...{ fromMs, toMs, verdict, by, at, ...(word === undefined ? {} : { word }) },
    id: Math.min(...group.map(({ id }) => id)) as LabelId,
    series: group.map(({ series }) => series),
    windows: group.reduce((sum, { windows }) => sum + windows.length, 0),
  };
}

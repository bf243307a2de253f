import { groupBy } from '../../domain/group-by.ts';
import type { LabelId, UserId } from '../../domain/identifiers.ts';
import type { StoredLabel } from '../../domain/label.ts';
import type { Model } from '../../domain/model.ts';
import { type SeriesKey, seriesName } from '../../domain/series.ts';
import type { Vote } from '../../domain/vote.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/stores.ts';
import { isBrought, standingLabels } from './standing-labels.ts';

/** What a person said by hand in one go: a label for each series of a column. */
export interface Saying extends Pick<StoredLabel, 'fromMs' | 'toMs' | 'verdict' | 'by' | 'at' | 'word'> {
  /** The least of its labels' numbers. */
  readonly id: LabelId;
  readonly series: readonly SeriesKey[];
  /** That are learned from. */
  readonly windows: number;
  /** That would be, had the same person not said something of them since, by hand or with a vote. */
  readonly saidAnew: number;
}

/** What was said of a model by hand and still holds, the newest first. */
export function sayings(
  { labels, votes }: Pick<Stores, 'labels' | 'votes'>,
  { id }: Pick<Model, 'id'>,
): readonly Saying[] {
  const said = labels.of(id);
  return groupsOf(said)
    .map(sayingFrom(said, votes.ofModel(id)))
    .toReversed();
}

export interface TakeBackDeps {
  readonly stores: Pick<Stores, 'labels' | 'votes' | 'audit' | 'transaction'>;
  readonly clock: Clock;
}

/** Takes back all that was said in one go with the label of that number. Undefined where there is none that still holds. */
export function takeBack(
  { stores, clock }: TakeBackDeps,
  { model, id, by }: { readonly model: Pick<Model, 'id' | 'slug'>; readonly id: LabelId; readonly by: UserId },
): Saying | undefined {
  return stores.transaction(() => {
    const said = stores.labels.of(model.id);
    const group = groupsOf(said).find((labels) => labels.some((label) => label.id === id));
    if (group === undefined) return undefined;
    const at = clock.now();
    for (const label of group) stores.labels.undo(label.id, at);
    const saying = sayingFrom(said, stores.votes.ofModel(model.id))(group);
    const { fromMs, toMs, verdict, series, by: whose } = saying;
    const facts = { label: saying.id, whose, fromMs, toMs, verdict, series: series.map(seriesName) };
    stores.audit.add({ at, by, action: 'label.undo', subject: `model:${model.slug}`, facts });
    return saying;
  });
}

function groupsOf(labels: readonly StoredLabel[]): readonly (readonly StoredLabel[])[] {
  const byHand = labels.filter((label) => !isBrought(label) && label.takenBackAt === undefined);
  const groups = groupBy(byHand, ({ at, by, series: { segment, column }, fromMs, toMs, verdict, word }) =>
    JSON.stringify([at, by, segment, column, fromMs, toMs, verdict, word]),
  );
  return [...groups.values()];
}

function sayingFrom(said: readonly StoredLabel[], votes: readonly Vote[]): (group: readonly StoredLabel[]) => Saying {
  const standing = groupBy(
    standingLabels(votes, said).filter((label) => !isBrought(label)),
    ({ id }) => id,
  );
  return (group) =>
    sayingOf(
      group,
      group.flatMap(({ id }) => standing.get(id) ?? []),
    );
}

function sayingOf(group: readonly StoredLabel[], left: readonly StoredLabel[]): Saying {
  const [first] = group as readonly [StoredLabel];
  const { fromMs, toMs, verdict, by, at, word } = first;
  const windows = windowsOf(left);
  return {
    ...{ fromMs, toMs, verdict, by, at, ...(word === undefined ? {} : { word }) },
    id: Math.min(...group.map(({ id }) => id)) as LabelId,
    series: group.map(({ series }) => series),
    windows,
    saidAnew: windowsOf(group) - windows,
  };
}

function windowsOf(labels: readonly StoredLabel[]): number {
  return labels.reduce((sum, { windows }) => sum + windows.length, 0);
}

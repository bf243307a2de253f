import type { ProfilePlan } from '../../domain/profile.ts';
import { typeFamily } from '../../domain/source-type.ts';
import { timeColumnsOf } from '../../domain/time-columns.ts';
import type { Window } from '../../domain/window.ts';
import type { Query } from './connection.ts';
import { type OpenedSource, openSource } from './open-source.ts';
import { withinSpan } from './partitions.ts';
import { prunableOf } from './prunable.ts';
import type { Relation } from './sql/relation.ts';
import { instantOf, requireTime } from './time-range.ts';

/**
 * The source for the span of the windows: where the paths of its files tell their time, the other files are not even
 * opened, and a broken one among them does not matter.
 */
export async function openWithin(plan: ProfilePlan, windows: readonly Window[], query: Query): Promise<OpenedSource> {
  const opened = await openSource(plan.source, query, async (relation) => {
    const instant = partitionInstant(relation, plan);
    return instant === undefined || windows.length === 0 ? relation : withinSpan(relation, { instant, windows, query });
  });
  const prunable = await prunableOf(opened, requireTime(opened, plan), query);
  return prunable === undefined ? opened : { ...opened, prunable };
}

function partitionInstant({ partitions = {} }: Relation, { timeColumn, zone }: ProfilePlan): string | undefined {
  const names = timeColumnsOf(timeColumn, Object.keys(partitions));
  const columns = names?.map((name) => ({ name, family: typeFamily(partitions[name] ?? '') }));
  return columns === undefined ? undefined : instantOf(columns, zone);
}

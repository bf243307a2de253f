import type { ModelSettings } from '../../src/domain/model.ts';
import { windowAt } from '../../src/domain/window.ts';
import type { ColumnChoice, FoundColumn, FoundTable } from '../../src/messages/form.ts';
import { formatWindow } from '../../src/messages/format-window.ts';
import { timeRemarks } from '../../src/messages/time-remarks.ts';
import type { Inspection } from '../../src/registry/index.ts';

/** Reasons for which a column has a part of its own and is no feature. */
const OWN_PART = /^(the|a part of the|a folder for each) |^its name stands/;

/** Columns of a source as a dialog lists them: those that are watched, then those that might be. */
export function foundColumns({ columns, leftOut, reasons }: Inspection): readonly FoundColumn[] {
  const watched = columns.flatMap(({ name, kind, role }): FoundColumn[] => {
    if (kind === undefined) return [];
    const why = reasons.get(name) ?? '';
    const isScore = role === 'score';
    return [{ name, choice: kind satisfies ColumnChoice, why: isScore ? `the score; ${why}` : why, isNeeded: isScore }];
  });
  const others = leftOut
    .filter(({ reason }) => !OWN_PART.test(reason) && !reason.startsWith('cannot be read'))
    .map(({ name, reason }): FoundColumn => ({ name, choice: 'left_out', why: reason, isNeeded: false }));
  return [...watched, ...others];
}

/** What a dialog shows of a source before anything is saved. */
export function foundTable(input: {
  readonly settings: ModelSettings;
  readonly inspection: Inspection;
  readonly forgets: boolean;
}): Omit<FoundTable, 'draftId' | 'subject'> {
  const { settings, inspection, forgets } = input;
  const { leftOut, rows, range, importancePassedOver = [] } = inspection;
  const { zone, granularity, slug } = settings;
  const [first, last] = [range.firstMs, range.lastMs].map((ms) => windowAt(ms, zone, granularity));
  const found = foundColumns(inspection);
  return {
    slug,
    rows,
    range:
      first === undefined || last === undefined
        ? 'no time'
        : `${formatWindow(first, zone)} to ${formatWindow(last, zone)} (${zone})`,
    columns: found,
    page: 0,
    remarks: [
      ...(found.every(({ choice }) => choice === 'left_out') ? ['No column can be watched: only the traffic is.'] : []),
      ...leftOut.flatMap(({ name, reason }) => (reason.startsWith('cannot be read') ? [`${name} ${reason}.`] : [])),
      ...timeRemarks(settings, range),
      ...(importancePassedOver.length === 0
        ? []
        : [`Not watched, so passed over: ${importancePassedOver.join(', ')}.`]),
    ],
    ...(forgets ? { consequence: 'The history so far is of another table: it is forgotten and computed anew.' } : {}),
    preview: { state: 'pending' },
  };
}

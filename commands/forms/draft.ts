import { z } from 'zod';
import type { ColumnKind } from '../../src/domain/column.ts';
import type { ModelSettings } from '../../src/domain/model.ts';
import {
  COLUMNS_PER_PAGE,
  type ColumnChoice,
  columnChoices,
  type FormSubject,
  type FoundTable,
  type TablePreview,
} from '../../src/messages/form.ts';
import { type Inspection, ModelDeclaration, parseDeclaration } from '../../src/registry/index.ts';

const Choice = z.enum(columnChoices);
const Column = z.object({ name: z.string(), choice: Choice, why: z.string(), isNeeded: z.boolean() });
const Count = z.number().int().nonnegative();
const Preview = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending') }),
  z.object({ state: z.literal('unknown'), reason: z.string() }),
  z.object({
    state: z.literal('known'),
    newest: z.array(z.string()),
    newestWindow: z.string(),
    reports: Count,
    days: Count,
    windows: Count,
    judgedWindows: Count,
    latest: z.string().exactOptional(),
    chart: z.object({ fileId: z.string(), altText: z.string() }).exactOptional(),
  }),
]);
const Table = z.object({
  slug: z.string(),
  rows: Count,
  range: z.string(),
  columns: z.array(Column),
  page: Count,
  remarks: z.array(z.string()),
  consequence: z.string().exactOptional(),
  preview: Preview,
});
const Draft = z.object({
  subject: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('register') }),
    z.object({ kind: z.literal('edit'), modelId: z.number(), revision: z.number(), slug: z.string() }),
  ]),
  settings: ModelDeclaration,
  table: Table,
});

export interface Draft {
  readonly subject: FormSubject;
  readonly settings: ModelSettings;
  /** What the dialog shows, with the choices made so far. */
  readonly table: Omit<FoundTable, 'draftId' | 'subject'>;
}

/** What was put by for a dialog; undefined for what is gone or of another version. */
export function draftOf(body: unknown): Draft | undefined {
  const parsed = Draft.safeParse(body);
  if (!parsed.success) return undefined;
  const { subject, settings, table } = parsed.data;
  return { subject, settings: parseDeclaration(settings), table };
}

/** The same with what a person has chosen on the page that was shown; what is no choice for a column is passed over. */
export function choose(draft: Draft, choices: ReadonlyMap<number, string>): Draft {
  const columns = draft.table.columns.map((column, place) => {
    const choice = columnChoices.find((candidate) => candidate === choices.get(place));
    const isPossible = choice !== undefined && !(choice === 'left_out' && column.isNeeded);
    return isPossible ? { ...column, choice } : column;
  });
  return { ...draft, table: { ...draft.table, columns } };
}

/** Another page; one that there is not is the last. */
export function turnTo(draft: Draft, page: number): Draft {
  const last = Math.max(0, Math.ceil(draft.table.columns.length / COLUMNS_PER_PAGE) - 1);
  return { ...draft, table: { ...draft.table, page: Math.min(Math.max(0, page), last) } };
}

export function withPreview(draft: Draft, preview: TablePreview): Draft {
  return { ...draft, table: { ...draft.table, preview } };
}

/** What was chosen, by the name of the column. */
export function choicesIn({ table: { columns } }: Draft): ReadonlyMap<string, ColumnChoice> {
  return new Map(columns.map(({ name, choice }) => [name, choice]));
}

/**
 * The declaration with what a person chose for the columns. Only what differs from what was found is declared, so that
 * columns that nobody spoke of stay inferred; leaving one out names the others as the features.
 */
export function withChoices(
  settings: ModelSettings,
  found: Pick<Inspection, 'columns' | 'leftOut'>,
  choices: ReadonlyMap<string, ColumnChoice>,
): ModelSettings {
  const kinds: Record<string, ColumnKind> = { ...settings.declaredKinds };
  const features = found.columns.filter(({ role }) => role === 'feature').map(({ name }) => name);
  const wanted = new Set(features);
  for (const { name, kind } of found.columns) {
    const choice = choices.get(name);
    if (choice === undefined || choice === kind) continue;
    if (choice === 'left_out') wanted.delete(name);
    else kinds[name] = choice;
  }
  for (const { name } of found.leftOut) {
    const choice = choices.get(name);
    if (choice === undefined || choice === 'left_out') continue;
    wanted.add(name);
    kinds[name] = choice;
  }
  const isAsFound = wanted.size === features.length && features.every((name) => wanted.has(name));
  return {
    ...settings,
    declaredKinds: kinds,
    ...(isAsFound ? {} : { features: [...wanted] }),
  };
}

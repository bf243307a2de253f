import { z } from 'zod';
import type { ColumnKind } from '../../src/domain/column.ts';
import type { ModelSettings } from '../../src/domain/model.ts';
import type { ColumnChoice, FormSubject } from '../../src/messages/form.ts';
import { type Inspection, ModelDeclaration, parseDeclaration } from '../../src/registry/index.ts';

const Draft = z.object({
  subject: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('register') }),
    z.object({ kind: z.literal('edit'), modelId: z.number(), revision: z.number(), slug: z.string() }),
  ]),
  settings: ModelDeclaration,
  columns: z.array(z.string()),
});

export interface Draft {
  readonly subject: FormSubject;
  readonly settings: ModelSettings;
  /** Names in the order in which they were shown. */
  readonly columns: readonly string[];
}

/** What was put by for a dialog; undefined for what is gone or of another version. */
export function draftOf(body: unknown): Draft | undefined {
  const parsed = Draft.safeParse(body);
  if (!parsed.success) return undefined;
  const { subject, settings, columns } = parsed.data;
  return { subject, settings: parseDeclaration(settings), columns };
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

import { z } from 'zod';
import { columnKinds } from '../domain/column.ts';
import { DriftbellError } from '../domain/errors.ts';
import { explainIssue } from '../domain/explain-issue.ts';
import { granularities, type ModelSettings, sourceFormats } from '../domain/model.ts';
import { severityWords } from '../domain/report.ts';
import { isZone } from '../domain/window.ts';

/** Minutes after a window's end by which most daily tables have landed; the owner changes it. */
const DEFAULT_LATENESS_MINUTES = 60;

const slug = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{1,62}$/,
    'small letters, digits, dashes and underscores, 2 to 63, beginning with a letter or digit',
  );

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 22:00');

/** As `parseQuietHours` gives them. */
const quietHours = z.strictObject({
  night: z.strictObject({ from: timeOfDay, to: timeOfDay }).exactOptional(),
  weekends: z.boolean(),
  unless: z.enum([...severityWords, 'never']),
});

const source = z.strictObject({
  location: z.string().min(1).max(2_000),
  format: z.enum(sourceFormats).optional(),
});

/** What an owner may declare about a model; the door for commands, files and modals alike. */
export const ModelDeclaration = z.strictObject({
  slug,
  source,
  timeColumn: z.string().min(1),
  zone: z.string().refine(isZone, 'an IANA zone such as UTC or America/New_York').default('UTC'),
  granularity: z.enum(granularities).default('day'),
  scoreColumn: z.string().min(1).optional(),
  labelColumn: z.string().min(1).optional(),
  queryColumn: z.string().min(1).optional(),
  segmentColumn: z.string().min(1).optional(),
  features: z.array(z.string().min(1)).min(1).optional(),
  declaredKinds: z.record(z.string(), z.enum(columnKinds)).default({}),
  defaults: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  owners: z.array(z.string().min(1)).default([]),
  channel: z.string().min(1),
  group: z.string().min(1).optional(),
  importanceSource: source.optional(),
  holidays: z.string().min(1).optional(),
  quietHours: quietHours.optional(),
  latenessMinutes: z
    .number()
    .int()
    .min(0)
    .max(14 * 1440)
    .default(DEFAULT_LATENESS_MINUTES),
});

/**
 * Parses a declaration. Throws `usage.invalid` naming the first field that is wrong: by its path, or by the name of
 * `typed` where the person wrote something else, such as an option.
 */
export function parseDeclaration(declared: unknown, typed: Readonly<Record<string, string>> = {}): ModelSettings {
  const parsed = ModelDeclaration.safeParse(declared);
  if (parsed.success) return dropUndefined(parsed.data) as unknown as ModelSettings;
  const [issue] = parsed.error.issues;
  const field = fieldName(issue?.path ?? [], typed);
  throw new DriftbellError('usage.invalid', {
    expected: `${field} to be ${explainIssue(issue)}`,
    received: describeField(declared, issue?.path ?? []),
    remedy: `correct ${field}`,
    cause: parsed.error,
  });
}

function fieldName(path: readonly PropertyKey[], typed: Readonly<Record<string, string>>): string {
  for (let length = path.length; length > 0; length -= 1) {
    const name = typed[path.slice(0, length).join('.')];
    if (name !== undefined) return [name, ...path.slice(length).map(String)].join(' ');
  }
  return path.join('.') || 'the declaration';
}

function describeField(declared: unknown, path: readonly PropertyKey[]): string {
  let value = declared;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value)).slice(0, 80);
}

function dropUndefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

import { z } from 'zod';
import { columnRoles } from '../../domain/column.ts';
import { contextNames, MOST_CONTEXT, MOST_EVIDENCE } from '../../domain/correction.ts';
import { DriftbellError, describeThrown } from '../../domain/errors.ts';
import type { UserId } from '../../domain/identifiers.ts';
import type { Label } from '../../domain/label.ts';
import { isSeriesStatistic, type SeriesStatistic } from '../../domain/statistic.ts';
import { verdicts } from '../../domain/vote.ts';

/** Characters of a line that is no JSON that come back in the error. */
const SHOWN_LINE = 40;

/** Characters; Driftbell's own are `report:` or `said:` and a number. Each label carries one, and learning compares them all. */
const LONGEST_NAME = 200;

const Person = z.custom<UserId>((id) => typeof id === 'string' && /^\w+$/.test(id));

const Line = z.strictObject({
  model: z.string().min(1),
  series: z.strictObject({
    segment: z.string(),
    column: z.string().min(1),
    role: z.enum(columnRoles),
    statistic: z.custom<SeriesStatistic>(isSeriesStatistic, 'no statistic that there is, nor share[category]'),
  }),
  window: z.strictObject({ key: z.string().min(1), startMs: z.int(), endMs: z.int() }),
  isAbove: z.boolean(),
  seen: z.strictObject({
    evidence: within(MOST_EVIDENCE),
    context: z.array(within(MOST_CONTEXT)).length(contextNames.length),
    departure: z
      .strictObject({ size: z.number().nonnegative(), left: z.number().positive().max(1).optional() })
      .optional(),
  }),
  incident: z
    .string()
    .min(1)
    .max(LONGEST_NAME, `longer than the ${LONGEST_NAME} characters that a name of what belongs together may have`),
  verdict: z.enum(verdicts),
  isMatterOfTaste: z.boolean(),
  isBroad: z.boolean(),
  weight: z.number().positive().max(2),
  by: z.array(Person).min(1),
  at: z.int().nonnegative('before 1970, when nobody said anything; it is in milliseconds since then'),
  dissent: z
    .array(z.strictObject({ by: Person, weight: z.number().positive() }))
    .min(1)
    .optional(),
});

function within(most: number): z.ZodType<number> {
  const error = `no detector gives such a number; it lies within -${most} and ${most}`;
  return z.number().min(-most, error).max(most, error);
}

/** One label as a line of JSON: its parts in one order, wherever it came from, so that equal labels are equal lines. */
export function labelLine({ model, series, window, isAbove, seen, incident, ...rest }: Label): string {
  const { verdict, isMatterOfTaste, isBroad, weight, by, at, dissent } = rest;
  const { segment, column, role, statistic } = series;
  return JSON.stringify({
    ...{ model, series: { segment, column, role, statistic } },
    window: { key: window.key, startMs: window.startMs, endMs: window.endMs },
    ...{ isAbove, seen: { evidence: seen.evidence, context: seen.context, departure: seen.departure } },
    ...{ incident, verdict, isMatterOfTaste, isBroad, weight, by, at, dissent },
  });
}

/** A label with where it stands: `line 2 of labels.jsonl`. */
export interface PlacedLabel {
  readonly label: Label;
  readonly place: string;
}

/** Labels of a JSONL file. Throws `file.unusable` with the first bad line, or where there is none. */
export function parseLabelLines(content: string, name: string): readonly PlacedLabel[] {
  const labels = content
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, index): PlacedLabel[] => {
      if (line.trim() === '') return [];
      const place = `line ${index + 1} of ${name}`;
      const parsed = Line.safeParse(parseJson(line, place));
      if (parsed.success) return [{ label: parsed.data, place }];
      const [issue] = parsed.error.issues;
      throw unusable(
        `${place}: ${issue?.path.join('.') || 'the line'}: ${issue?.message ?? describeThrown(parsed.error)}`,
        parsed.error,
      );
    });
  if (labels.length === 0) throw unusable(`${name}, which holds no labels`);
  return labels;
}

function parseJson(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw unusable(`${place}, which is no JSON: ${line.trim().slice(0, SHOWN_LINE)}`, cause);
  }
}

function unusable(received: string, cause?: unknown): DriftbellError {
  return new DriftbellError('file.unusable', {
    expected: 'one label per line, as "driftbell labels export" writes them',
    received,
    remedy: 'mend the line, or export the labels again',
    cause,
  });
}

import { DriftbellError, isDriftbellError } from '../src/domain/errors.ts';
import type { EpochMs } from '../src/domain/identifiers.ts';
import type { DeclaredEvent, Model } from '../src/domain/model.ts';
import { parseInstant, windowAt } from '../src/domain/window.ts';

/** Holidays come from a calendar, and faults on purpose from the demonstration. */
export const declarableKinds = ['deploy', 'expected', 'note'] as const;
export type DeclarableKind = (typeof declarableKinds)[number];

/** A deploy is a moment; so much of it is drawn. */
const MOMENT_MS = 60_000;
const LONGEST_TEXT = 200;

export function parseEventKind(typed: string): DeclarableKind {
  const kind = declarableKinds.find((each) => each === typed.toLowerCase());
  if (kind !== undefined) return kind;
  throw new DriftbellError('usage.invalid', {
    expected: `one of ${declarableKinds.join(', ')}`,
    received: JSON.stringify(typed.slice(0, 40)),
    remedy: 'write the kind after the model: `event flight-delay deploy now "v2"`',
  });
}

/**
 * `now`, a day or a time, perhaps another one, and a text. A day is meant whole, also as an end. Without an end, a time of
 * something expected is until the end of its day, and of anything else a moment. Throws `usage.invalid`.
 */
export function eventOf(
  kind: DeclarableKind,
  words: readonly string[],
  { model, now }: { readonly model: Pick<Model, 'zone'>; readonly now: EpochMs },
): Omit<DeclaredEvent, 'modelId'> {
  const [first, second, ...others] = words;
  if (first === undefined) throw refusal('a day or a time, or `now`', 'nothing in its place');
  const startMs = readTime(first, model.zone, now);
  const end = second === undefined ? undefined : tryTime(second, model.zone, now);
  const endMs =
    second !== undefined && end !== undefined
      ? isDay(second)
        ? endOfDay(end, model.zone)
        : end
      : isDay(first) || kind === 'expected'
        ? endOfDay(startMs, model.zone)
        : startMs + MOMENT_MS;
  if (endMs <= startMs) throw refusal('an end after the beginning', JSON.stringify(`${first} ${second ?? ''}`));
  const text = (end === undefined && second !== undefined ? [second, ...others] : others).join(' ');
  if (text.length > LONGEST_TEXT) throw refusal(`a text of at most ${LONGEST_TEXT} characters`, `${text.length}`);
  return { kind, startMs, endMs, text: text === '' ? kind : text };
}

function readTime(word: string, zone: string, now: EpochMs): EpochMs {
  return word.toLowerCase() === 'now' ? now : parseInstant(word, zone);
}

/** Undefined for a word that is no time: the text begins with it. */
function tryTime(word: string, zone: string, now: EpochMs): EpochMs | undefined {
  try {
    return readTime(word, zone, now);
  } catch (thrown) {
    if (isDriftbellError(thrown)) return undefined;
    throw thrown;
  }
}

function isDay(word: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(word);
}

function endOfDay(instantMs: EpochMs, zone: string): EpochMs {
  return windowAt(instantMs, zone, 'day').endMs;
}

function refusal(expected: string, received: string): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected,
    received,
    remedy: 'write for example `event flight-delay expected 2026-03-01 2026-03-05 "spring sale"`',
  });
}

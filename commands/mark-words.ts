import { seriesWords } from '../src/alerting/index.ts';
import type { Model } from '../src/domain/model.ts';
import type { MarkKind, SeriesMark } from '../src/domain/series-mark.ts';
import { formatInstant } from '../src/messages/format-instant.ts';

/** What one mark does, as a line of a list: `#3 age mean: quiet above its baseline until …, by …`. */
export function markWords({ id, series, ...mark }: SeriesMark, model: Model): string {
  return `#${id} ${seriesWords(series)}: ${doesWords(mark, model)}`;
}

function doesWords(
  { kind, fromMs, toMs, isAbove, expiresAt }: Omit<SeriesMark, 'id' | 'series'>,
  { zone }: Model,
): string {
  switch (kind) {
    case 'new_normal':
      return `a new normal since ${formatInstant(fromMs, zone)}; what was before is not looked at`;
    case 'expected_once':
      return `expected from ${formatInstant(fromMs, zone)} to ${formatInstant(toMs ?? fromMs, zone)}; left out of histories and reports`;
    case 'quieted':
      return `quiet ${isAbove === true ? 'above' : 'below'} its baseline, as far as then and no further, until ${formatInstant(expiresAt ?? fromMs, zone)}`;
    case 'not_important':
      return 'of little importance';
    default:
      return kind satisfies never;
  }
}

const EFFECTS: Readonly<Record<MarkKind, string>> = {
  new_normal: 'The expected band begins anew with this level: there is none until enough windows have come.',
  expected_once: 'These windows are left out of reports and of the histories that bands are made of.',
  quieted: 'The same again, on that side and no further, stays quiet until {until}.',
  not_important: 'The importance of what it is about is lowered.',
};

/** What a vote did at once, in one or two sentences. */
export function effectWords(marks: readonly SeriesMark[], { zone }: Model): string {
  const [first] = marks;
  if (first === undefined) return 'You said so before; it is kept.';
  const until = formatInstant(first.expiresAt ?? first.at, zone);
  const many = marks.length === 1 ? seriesWords(first.series) : `${marks.length} series`;
  return `${EFFECTS[first.kind].replace('{until}', until)} This holds for ${many} from now on.`;
}

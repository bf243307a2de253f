import { seriesWords } from '../src/alerting/index.ts';
import { counted } from '../src/domain/counted.ts';
import { SYSTEM_USER } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import { type SeriesKey, seriesName } from '../src/domain/series.ts';
import type { MarkKind, SeriesMark } from '../src/domain/series-mark.ts';
import { type DoneAtOnce, type DoubtReason, MOST_A_WEEK, QUIET_DAYS } from '../src/feedback/index.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { type Inline, sentence, text, user } from '../src/messages/message.ts';

const DAY_MS = 86_400_000;

/** What one mark does, as a line of a list: `#3 age mean: quiet above its baseline until …, by …`. */
export function markWords({ id, series, ...mark }: SeriesMark, model: Model): string {
  return `#${id} ${seriesWords(series)}: ${doesWords(mark, model)}`;
}

function doesWords(
  { kind, fromMs, toMs, isAbove, departure, expiresAt }: Omit<SeriesMark, 'id' | 'series'>,
  { zone }: Model,
): string {
  switch (kind) {
    case 'new_normal':
      return `a new normal since ${formatInstant(fromMs, zone)}; what was before is not looked at`;
    case 'expected_once':
      return `expected from ${formatInstant(fromMs, zone)} to ${formatInstant(toMs ?? fromMs, zone)}; left out of histories and reports`;
    case 'quieted':
      return `quiet ${isAbove === true ? 'above' : 'below'} its baseline, ${departure === undefined ? 'however far' : 'about as far as then'}, until ${formatInstant(expiresAt ?? fromMs, zone)}`;
    case 'not_important':
      return 'of little importance';
    default:
      return kind satisfies never;
  }
}

const EFFECTS: Readonly<Record<MarkKind, string>> = {
  new_normal: 'The expected band begins anew with this level: there is none until enough windows have come.',
  expected_once: 'These windows are left out of reports and of the histories that bands are made of.',
  quieted:
    'If it comes again on that side, about as far and not much longer, it stays quiet. That lasts until {until}, {long}.',
  not_important:
    'The column counts for less, and the series stays quiet on that side until {until}, {far}, unless it breaks.',
};

/** Why a vote alone is not sure enough. */
const DOUBTS: Readonly<Record<DoubtReason, string>> = {
  contradicted:
    'your votes and those of others often contradict each other. It acts once more votes say the same, of others or yours on another report.',
  mostly_real:
    'people mostly call what is found there, or on this model, real, so one 👎 may be a slip. It acts once more votes say the same, of others or yours on another report like it; a mute leaves you in peace until then.',
};

/** What a vote did at once, in a few sentences. */
export function effectWords(
  { marks, waiting, unsure, doubt = 'mostly_real' }: DoneAtOnce,
  { zone, owners }: Model,
): string {
  const keptFor = (series: readonly SeriesKey[], why: string) =>
    series.length === 0 ? [] : [`For ${someWords(series)} your vote is kept and does nothing at once: ${why}`];
  const kept = [
    ...keptFor(
      waiting,
      `your votes have marked as many series of this model as they may in a week, ${MOST_A_WEEK.other} (an owner’s ${MOST_A_WEEK.owner}). It acts when somebody else says the same.`,
    ),
    ...keptFor(unsure, DOUBTS[doubt]),
  ];
  const [first] = marks;
  if (first === undefined) return kept.length > 0 ? kept.join(' ') : 'You said so before; it is kept.';
  const until = formatInstant(marks.find(({ expiresAt }) => expiresAt !== undefined)?.expiresAt ?? first.at, zone);
  const series = new Set(marks.map(({ series: one }) => seriesName(one))).size;
  const many = series === 1 ? seriesWords(first.series) : `${series} series`;
  const effect = EFFECTS[first.kind]
    .replace('{until}', until)
    .replace('{long}', longWords(first))
    .replace('{far}', farWords(marks, owners));
  return [`${effect} This is about ${many}, from the next window on.`, ...kept].join(' ');
}

/** What a thumb up takes back of the person's own, and what of others it leaves to the night; empty where there is neither. */
export function realWords({ lifted, standing }: DoneAtOnce, { slug }: Model): Inline {
  const undone = [...new Map(lifted.map(({ series }) => [seriesName(series), series])).values()];
  const own =
    undone.length === 0 ? [] : [text(` What your earlier vote did at once to ${someWords(undone)} is undone.`)];
  const [first] = standing;
  if (first === undefined) return own;
  const by = first.by === SYSTEM_USER ? [text(' Driftbell')] : [text(' A vote of '), user(first.by)];
  const others = standing.length === 1 ? '' : ` (and ${counted(standing.length - 1, 'more mark')} like it)`;
  return [
    ...own,
    ...by,
    ...sentence(
      ` keeps ${seriesWords(first.series)} quiet when it comes again about as far${others}: the night weighs all votes, and \`/drift marks ${slug} undo ${first.id}\` ends it now.`,
    ),
  ];
}

function longWords({ at, expiresAt = at }: SeriesMark): string {
  return expiresAt - at > QUIET_DAYS * DAY_MS
    ? 'as it has been called a false alarm for as long'
    : 'and is renewed each time that it comes, for half a year at most';
}

/** Series that are named; the rest are counted. */
const MOST_NAMED = 3;

function someWords(series: readonly SeriesKey[]): string {
  const named = series.slice(0, MOST_NAMED).map(seriesWords);
  const rest = series.length - named.length;
  return [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ').replace(/, ([^,]*)$/, ' and $1');
}

function farWords(marks: readonly SeriesMark[], owners: Model['owners']): string {
  const bounded = marks.find(({ kind, departure }) => kind === 'quieted' && departure !== undefined);
  if (bounded === undefined) return 'however far it goes';
  const isOwner = owners.includes(bounded.by);
  return `as long as it goes about as far${isOwner ? ' (however far, once you say so of another report)' : ''}`;
}

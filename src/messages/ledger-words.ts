import { type FilterName, filterNames, type LedgerEntry } from '../domain/finding.ts';
import { isShareStatistic } from '../domain/share-statistic.ts';
import { formatNumber, formatShare } from './format-number.ts';

type Numbers = Pick<LedgerEntry, 'measure' | 'threshold' | 'note' | 'series'>;

/** What each filter saw and asks for, such as `1.1 of the 1.3 widths of the band it asks for`. */
const words: Readonly<Record<FilterName, (entry: Numbers) => string>> = {
  direction: ({ measure }) => (measure < 0 ? 'it moved the good way' : 'it moved the bad way'),
  rows: (entry) => `${asked(entry)} rows it asks for`,
  change: (entry) => (isShareStatistic(entry.series.statistic) ? shares(entry) : `${asked(entry)} it asks for`),
  'relative change': shares,
  importance: (entry) => `${shares(entry)}, as part of all importance`,
  duration: (entry) => `${asked(entry)} anomalous windows it asks for`,
  'duration waived': ({ measure, threshold }) =>
    `as rare as one in ${short(measure)} windows; from one in ${short(threshold)} on it need not wait`,
  severity: (entry) => `${asked(entry)} widths of the band it asks for`,
  rarity: ({ measure, threshold }) =>
    `one in ${short(measure)} healthy windows, where it asks for one in ${short(threshold)}`,
  concurrency: (entry) => `${asked(entry)} anomalous series it asks for`,
  traffic: (entry) => `${shares(entry)}, as part of the group’s traffic`,
  'false discovery': ({ measure, threshold }) =>
    `${short(measure)} when all columns of the window are looked at, where it accepts ${short(threshold)}`,
  'expected event': said('no event was declared as expected'),
  deploy: said('no deploy was declared'),
  'expected once': said('nobody said so'),
  quieted: ({ measure, threshold, note }) =>
    `${short(measure)} widths of the band, where up to ${short(threshold)} were called a false alarm ${note ?? ''}`.trim(),
  mute: said('no mute of it is in force'),
};

/** `severity: 1.1 of the 1.3 widths of the band it asks for`. */
export function filterWords(entry: LedgerEntry): string {
  const name = filterNames.find((known) => known === entry.filter);
  // The ledger may be older than a filter's name.
  return `${entry.filter}: ${name === undefined ? `${asked(entry)} it asks for` : words[name](entry)}`;
}

function asked(entry: Numbers): string {
  return `${formatNumber(apart(entry))} of the ${short(entry.threshold)}`;
}

function shares(entry: Numbers): string {
  return `${formatShare(apart(entry))} of the ${formatShare(entry.threshold)} it asks for`;
}

/** What fell short must not read as if it had not: 1.2999 of 1.3 is 1.29. */
function apart({ measure, threshold }: Numbers): number {
  const rounded = threeDigits(measure);
  if (measure >= threshold || rounded < threshold || measure <= 0) return rounded;
  const unit = 10 ** (Math.floor(Math.log10(measure)) - 2);
  return threeDigits(Math.floor(measure / unit) * unit);
}

/** What people said has no numbers: their words, or that there are none. */
function said(nothing: string): (entry: Numbers) => string {
  return ({ measure, note }) => (measure === 0 ? nothing : (note ?? 'by somebody'));
}

function short(value: number): string {
  return formatNumber(threeDigits(value));
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}

import { OUTAGE_DEPARTURE } from '../domain/departure.ts';
import { type FilterName, filterNames, type LedgerEntry, SAID_TWICE } from '../domain/finding.ts';
import { isShareStatistic } from '../domain/share-statistic.ts';
import { formatNumber, formatShare } from './format-number.ts';

type Numbers = Pick<LedgerEntry, 'measure' | 'threshold' | 'note' | 'series'>;

/** What each filter saw and asks for, such as `1.1 of the 1.3 widths of the band it asks for`. */
const words: Readonly<Record<FilterName, (entry: Numbers) => string>> = {
  direction: ({ measure }) => (measure < 0 ? 'it moved the good way' : 'it moved the bad way'),
  rows: (entry) => asked(entry, 'rows'),
  change: (entry) => (isShareStatistic(entry.series.statistic) ? shares(entry) : asked(entry)),
  'relative change': shares,
  importance: (entry) => `${shares(entry)}, as part of all importance`,
  duration: (entry) => asked(entry, 'anomalous windows'),
  'duration waived': ({ measure, threshold }) =>
    `as rare as one in ${short(measure)} windows; from one in ${short(threshold)} on it need not wait`,
  severity: (entry) => asked(entry, 'widths of the band'),
  rarity: ({ measure, threshold }) =>
    `one in ${short(measure)} healthy windows, where it asks for one in ${short(threshold)}`,
  concurrency: (entry) => asked(entry, 'anomalous series'),
  traffic: (entry) => `${shares(entry)}, as part of the group’s traffic`,
  'false discovery': ({ measure, threshold }) =>
    `${short(measure)} when all columns of the window are looked at, where it accepts ${short(threshold)}`,
  'expected event': said('no event was declared as expected'),
  deploy: said('no deploy was declared'),
  'expected once': said('nobody said so'),
  quieted: (entry) =>
    `${departure(entry, entry.measure)}, where ${departure(entry, entry.threshold)} is the end of what was called a false alarm ${entry.note ?? ''}`.trim(),
  mute: said('no mute of it is in force'),
};

/** `severity: 1.1 of the 1.3 widths of the band it asks for`. */
export function filterWords(entry: LedgerEntry): string {
  if (entry.filter === SAID_TWICE) return `${entry.filter}: ${entry.note ?? 'another series of the column tells it'}`;
  const name = filterNames.find((known) => known === entry.filter);
  // The ledger may be older than a filter's name.
  return `${entry.filter}: ${name === undefined ? asked(entry) : words[name](entry)}`;
}

/** `1.1 of the 1.3 widths of the band it asks for`, or `9 widths of the band, where it asks for 1.3`. */
function asked(entry: Numbers, unit = ''): string {
  const [measure, threshold] = [formatNumber(apart(entry)), short(entry.threshold)];
  const of = unit === '' ? '' : ` ${unit}`;
  if (entry.measure < entry.threshold) return `${measure} of the ${threshold}${of} it asks for`;
  return `${measure}${of}, where it asks for ${threshold}`;
}

/** How far from the baseline, in the unit of the statistic. */
function departure({ series }: Numbers, far: number): string {
  if (far >= OUTAGE_DEPARTURE) return 'an outage';
  return `${isShareStatistic(series.statistic) ? formatShare(threeDigits(far)) : short(far)} from its baseline`;
}

function shares(entry: Numbers): string {
  const [measure, threshold] = [formatShare(apart(entry)), formatShare(entry.threshold)];
  return entry.measure < entry.threshold
    ? `${measure} of the ${threshold} it asks for`
    : `${measure}, where it asks for ${threshold}`;
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

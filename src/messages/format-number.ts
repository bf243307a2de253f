/** Numbers for people: four significant digits, thousands separated, a true minus sign, no trailing zeros. */

const SIGNIFICANT_DIGITS = 4;
/** From here on a word is shorter than the digits and easier to compare. */
const FIRST_WORD = 1e6;
const WORDS = [
  { size: 1e12, word: 'trillion', letter: 'T' },
  { size: 1e9, word: 'billion', letter: 'B' },
  { size: 1e6, word: 'million', letter: 'M' },
] as const;
const THOUSAND = { size: 1e3, letter: 'k' } as const;
/** Beyond these, leading digits or zeros can no longer be counted at a glance. */
const LARGEST_PLAIN = 1e15;
const SMALLEST_PLAIN = 1e-4;
/** On a chart, where there is room for about seven characters. */
const SMALLEST_COMPACT = 1e-3;
const FIRST_COMPACT_LETTER = 1e5;
const COMPACT_DIGITS = 3;
/** Below this many per cent zeros are harder to count than an exponent is to read. */
const SMALLEST_PLAIN_PERCENT = 1e-4;
const PERCENT = 100;

export const MINUS = '\u2212';
/** The unit of rates and shares: values from 0 to 1 that people read as percentages. */
export const SHARE_UNIT = 'share';

/** `17,235`, `0.3457`, `1.235 million`, `3.457e−5`. */
export function formatNumber(value: number): string {
  const rounded = roundForPeople(value);
  const size = Math.abs(rounded);
  if (!Number.isFinite(value)) return nameNonFinite(value);
  if (size !== 0 && (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN)) return formatExponent(value, SIGNIFICANT_DIGITS);
  if (size < FIRST_WORD) return formatPlain(rounded);
  const unit = WORDS.find((candidate) => significant(size) >= candidate.size) ?? WORDS[2];
  return `${formatPlain(significant(rounded) / unit.size)} ${unit.word}`;
}

/** `17,234`, `123.5 k`, `1.2 M`, `3.46e−4`: about seven characters, for the end of a line. */
export function formatCompact(value: number): string {
  const rounded = roundForPeople(value);
  const size = Math.abs(rounded);
  if (!Number.isFinite(value)) return nameNonFinite(value);
  if (size !== 0 && (size < SMALLEST_COMPACT || size >= LARGEST_PLAIN)) return formatExponent(value, COMPACT_DIGITS);
  if (size < FIRST_COMPACT_LETTER) return formatPlain(rounded);
  const unit = [...WORDS, THOUSAND].find((candidate) => significant(size) >= candidate.size) ?? THOUSAND;
  return `${formatPlain(significant(rounded) / unit.size)} ${unit.letter}`;
}

/** `99.87 %`. Says 0 % and 100 % only of exactly nothing and everything. */
export function formatShare(share: number): string {
  return formatPercent(share, SIGNIFICANT_DIGITS);
}

/** `99.9 %`: a share for the end of a line. */
export function formatCompactShare(share: number): string {
  return formatPercent(share, COMPACT_DIGITS);
}

function formatPercent(share: number, digits: number): string {
  if (!Number.isFinite(share)) return nameNonFinite(share);
  const percent = share * PERCENT;
  if (percent !== 0 && Math.abs(percent) < SMALLEST_PLAIN_PERCENT) return `${formatExponent(percent, digits)} %`;
  const rounded = Number(percent.toPrecision(digits));
  if (rounded === PERCENT && share < 1) return `> ${trimZeros((PERCENT - 10 ** (2 - digits)).toFixed(digits - 2))} %`;
  return `${Math.abs(rounded) >= FIRST_WORD ? formatNumber(rounded) : formatPlain(rounded)} %`;
}

/** A value in its unit: `512 miles`, `12.3 %` for shares, `no value` for null. */
export function formatQuantity(value: number | null, unit: string): string {
  if (value === null) return 'no value';
  if (unit === SHARE_UNIT) return formatShare(value);
  return unit === '' ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
}

/** `700 to 745 miles`, `12 to 15 %`: the unit is said once. */
export function formatInterval(lower: number, upper: number, unit: string): string {
  const from = formatQuantity(lower, unit === SHARE_UNIT ? SHARE_UNIT : '');
  const to = formatQuantity(upper, unit);
  return `${unit === SHARE_UNIT ? from.replace(/ %$/, '') : from} to ${to}`;
}

/** `3.457e−5`: for numbers whose zeros nobody can count. */
export function formatExponent(value: number, digits: number): string {
  const [mantissa = '', exponent = ''] = Math.abs(value)
    .toExponential(digits - 1)
    .split('e');
  const power = exponent.replace('+', '').replace('-', MINUS);
  return `${value < 0 ? MINUS : ''}${trimZeros(mantissa)}e${power}`;
}

/** With exactly so many decimals, thousands separated: for numbers that stand under each other. */
export function formatFixed(value: number, decimals: number): string {
  const digits = Math.abs(value).toFixed(decimals);
  const [whole = '', fraction] = digits.split('.');
  const isNegative = value < 0 && Number(digits) !== 0;
  return `${isNegative ? MINUS : ''}${groupThousands(whole)}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** All digits of an already rounded number, thousands separated. */
function formatPlain(value: number): string {
  const [whole = '', fraction] = Math.abs(value).toString().split('.');
  return `${value < 0 ? MINUS : ''}${groupThousands(whole)}${fraction === undefined ? '' : `.${fraction}`}`;
}

function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Four significant digits, but never fewer than all digits before the point. */
function roundForPeople(value: number): number {
  return Math.abs(value) >= 10 ** (SIGNIFICANT_DIGITS - 1) ? Math.round(value) : significant(value);
}

function significant(value: number): number {
  return Number(value.toPrecision(SIGNIFICANT_DIGITS));
}

function trimZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function nameNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  return value > 0 ? 'infinity' : `${MINUS}infinity`;
}

import type { Command } from 'commander';
import { type GeneratorOptions, referenceCorpus, referenceKinds } from '../detection/index.ts';
import { DriftbellError } from '../domain/errors.ts';
import { parseWhole } from './series-options.ts';
import { parseSeriesTime } from './series-time.ts';
import { SYNTHETIC_START_MS } from './synthetic-grid.ts';

export interface CorpusArguments {
  readonly perKind?: string;
  readonly days?: string;
  readonly start?: string;
  readonly end?: string;
  readonly kinds?: string;
  readonly phase?: string;
  readonly period?: string;
  readonly slope?: string;
  readonly intercept?: string;
  readonly noise?: string;
  readonly shares?: string;
  readonly duration?: string;
  readonly earliest?: string;
  readonly level?: string;
  readonly leastChange?: string;
}

const DAY_MS = 86_400_000;
/** Series a year long at most ten thousand times over: more is a slip of the hand. */
const MOST_DAYS = 3_650_000;

/** Every parameter of the reference generator; what is not named keeps the reference's value. */
export function addCorpusOptions(command: Command): Command {
  const { slope, intercept, duration, level, anomalyShares, earliestStart, noise } = referenceCorpus;
  const { spike, levelShift, none } = anomalyShares;
  return command
    .option('--per-kind <number>', `series of each shape (default: ${referenceCorpus.seriesPerKind})`)
    .option('--days <number>', `length of a series (default: ${referenceCorpus.windows})`)
    .option('--start <date>', 'first day (default: 2022-01-01)')
    .option('--end <date>', 'first day left out, instead of --days')
    .option('--kinds <names>', `shapes (default: ${referenceKinds.join(',')})`)
    .option('--phase <random|zero>', 'where in its period a shape begins (default: random)')
    .option('--period <days>', 'after which a shape repeats (default: 7)')
    .option('--slope <a..b>', `trend per day (default: ${slope.from}..${slope.to})`)
    .option('--intercept <a..b>', `value at the beginning (default: ${intercept.from}..${intercept.to})`)
    .option('--noise <number>', `standard deviation of the noise (default: ${noise.to})`)
    .option('--shares <a,b,c>', `spikes, level shifts, clean series (default: ${spike},${levelShift},${none})`)
    .option('--duration <a..b>', `days of an anomaly (default: ${duration.from}..${duration.to})`)
    .option('--earliest <day>', `days before any anomaly (default: ${earliestStart})`)
    .option('--level <a..b>', `height of an anomaly (default: ${level.from}..${level.to})`)
    .option('--least-change <share>', 'of the mean that an anomaly must make (default: 0.1)');
}

export interface ChosenCorpus {
  readonly corpus: GeneratorOptions;
  readonly startMs: number;
}

/** Throws `usage.invalid` for the first option that is not of its form. */
export function chooseCorpus(given: CorpusArguments): ChosenCorpus {
  const startMs = given.start === undefined ? SYNTHETIC_START_MS : parseDay('--start', given.start);
  const optional = <T>(text: string | undefined, parse: (text: string) => T): T | undefined =>
    text === undefined ? undefined : parse(text);
  const changes = {
    seriesPerKind: optional(given.perKind, (text) => parseWhole('--per-kind', text, 1)),
    windows: daysOf(given, startMs),
    kinds: optional(given.kinds, parseKinds),
    isPhaseRandom: optional(given.phase, parsePhase),
    periodWindows: optional(given.period, (text) => parseWhole('--period', text, 1)),
    slope: optional(given.slope, (text) => parseRange('--slope', text)),
    intercept: optional(given.intercept, (text) => parseRange('--intercept', text)),
    noise: optional(given.noise, (text) => ({ from: parseShare(text), to: parseShare(text) })),
    anomalyShares: optional(given.shares, parseShares),
    duration: optional(given.duration, (text) => parseDuration(text)),
    earliestStart: optional(given.earliest, (text) => parseWhole('--earliest', text, 0)),
    level: optional(given.level, (text) => parseRange('--level', text)),
    leastRelativeChange: optional(given.leastChange, parseShare),
  };
  const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return { corpus: { ...referenceCorpus, ...named }, startMs };
}

function daysOf({ days, end }: CorpusArguments, startMs: number): number | undefined {
  if (days !== undefined && end !== undefined)
    throw wrong('--days or --end', 'both', 'name the length of the series once');
  const length = days !== undefined ? parseWhole('--days', days, 1) : undefined;
  const byEnd = end === undefined ? length : (parseDay('--end', end) - startMs) / DAY_MS;
  if (byEnd !== undefined && byEnd < 1)
    throw wrong('--end after --start', JSON.stringify(end), 'name the first day left out');
  if (byEnd !== undefined && byEnd > MOST_DAYS)
    throw wrong(`at most ${MOST_DAYS} days`, String(byEnd), 'ask for fewer');
  return byEnd;
}

function parseDay(option: string, text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseSeriesTime(text) : undefined;
  if (time === undefined)
    throw wrong(`${option} as a day`, JSON.stringify(text), `write for example ${option} 2023-01-01`);
  return time.wallClockMs;
}

function parseKinds(text: string): GeneratorOptions['kinds'] {
  const names = text.split(',').map((name) => name.trim());
  if (new Set(names).size < names.length)
    throw wrong('--kinds named once each', JSON.stringify(text), 'raise --per-kind for more of a kind');
  return names.map((name) => {
    const kind = referenceKinds.find((known) => known === name);
    if (kind === undefined)
      throw wrong(
        `--kinds of ${referenceKinds.join(', ')}`,
        JSON.stringify(name),
        'write for example --kinds sine,square',
      );
    return kind;
  });
}

function parsePhase(text: string): boolean {
  if (text === 'random' || text === 'zero') return text === 'random';
  throw wrong('--phase random or zero', JSON.stringify(text), 'choose one of the two');
}

function parseRange(option: string, text: string): { readonly from: number; readonly to: number } {
  const [from = Number.NaN, to = from, ...more] = text.split('..').map(decimal);
  if (more.length === 0 && Number.isFinite(from) && Number.isFinite(to) && from <= to) return { from, to };
  throw wrong(
    `${option} as two numbers, the smaller first`,
    JSON.stringify(text),
    `write for example ${option} 0.5..1`,
  );
}

function parseDuration(text: string): { readonly from: number; readonly to: number } {
  const range = parseRange('--duration', text);
  if (Number.isInteger(range.from) && Number.isInteger(range.to) && range.from >= 1) return range;
  throw wrong('--duration in whole days from 1', JSON.stringify(text), 'write for example --duration 2..10');
}

function parseShares(text: string): GeneratorOptions['anomalyShares'] {
  const [spike = Number.NaN, levelShift = Number.NaN, none = Number.NaN, ...more] = text.split(',').map(decimal);
  if (more.length === 0 && [spike, levelShift, none].every((share) => share >= 0)) return { spike, levelShift, none };
  throw wrong('--shares as three numbers from 0', JSON.stringify(text), 'write for example --shares 0.4,0.4,0.2');
}

function parseShare(text: string): number {
  const value = decimal(text);
  if (value >= 0 && Number.isFinite(value)) return value;
  throw wrong('a number from 0', JSON.stringify(text), 'write for example 0.05');
}

function decimal(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function wrong(expected: string, received: string, remedy: string): DriftbellError {
  return new DriftbellError('usage.invalid', { expected, received, remedy });
}

import type { HistoryMeasures } from './measure-history.ts';

/** What is kept of a history for judging the value after it. */
export type RowMeasures = Readonly<
  Pick<HistoryMeasures, 'known' | 'unit' | 'centre' | 'spread' | 'lowest' | 'highest' | 'isCountLike'>
> & {
  /** Largest |z| of the history: large where a series has spikes of its own. */
  readonly largest: number;
  /** r of `buildInputs`. */
  readonly ratio: number;
  /** week[d] of the judged weekday. */
  readonly week: number;
};

export type MutableRowMeasures = { -readonly [Name in keyof RowMeasures]: RowMeasures[Name] };

/** The measures of all rows of a batch, an array each: an object for every row costs more than all the arithmetic. */
export type MeasureTable = Readonly<Record<Exclude<keyof RowMeasures, 'isCountLike'>, Float64Array>> & {
  readonly isCountLike: Uint8Array;
};

export function createMeasureTable(count: number): MeasureTable {
  const numbers = () => new Float64Array(count);
  return {
    known: numbers(),
    unit: numbers(),
    centre: numbers(),
    spread: numbers(),
    lowest: numbers(),
    highest: numbers(),
    largest: numbers(),
    ratio: numbers(),
    week: numbers(),
    isCountLike: new Uint8Array(count),
  };
}

/** One object for `readMeasures` to fill again and again. Its numbers begin as fractions so that they stay unboxed. */
export function emptyMeasures(): MutableRowMeasures {
  const none = 0.5;
  return {
    known: none,
    unit: none,
    centre: none,
    spread: none,
    lowest: none,
    highest: none,
    largest: none,
    ratio: none,
    week: none,
    isCountLike: false,
  };
}

export function readMeasures(table: MeasureTable, row: number, into: MutableRowMeasures): RowMeasures {
  into.known = table.known[row] ?? 0;
  into.unit = table.unit[row] ?? 1;
  into.centre = table.centre[row] ?? 0;
  into.spread = table.spread[row] ?? 0;
  into.lowest = table.lowest[row] ?? 0;
  into.highest = table.highest[row] ?? 0;
  into.largest = table.largest[row] ?? 0;
  into.ratio = table.ratio[row] ?? 1;
  into.week = table.week[row] ?? 0;
  into.isCountLike = table.isCountLike[row] === 1;
  return into;
}

export function writeMeasures(table: MeasureTable, row: number, from: RowMeasures): void {
  table.known[row] = from.known;
  table.unit[row] = from.unit;
  table.centre[row] = from.centre;
  table.spread[row] = from.spread;
  table.lowest[row] = from.lowest;
  table.highest[row] = from.highest;
  table.largest[row] = from.largest;
  table.ratio[row] = from.ratio;
  table.week[row] = from.week;
  table.isCountLike[row] = from.isCountLike ? 1 : 0;
}

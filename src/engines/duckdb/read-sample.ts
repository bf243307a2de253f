import { type Likeness, likenesses, type SourceColumn } from '../../domain/profile.ts';
import type { TypeFamily } from '../../domain/source-type.ts';
import type { Row } from './connection.ts';
import { toCount, toNumber } from './values.ts';

export type ColumnSample = Pick<
  SourceColumn,
  'distinctInSample' | 'meanTextLength' | 'presentInSample' | 'numbersInSample' | 'looksInSample'
>;

/** One column's part of a row of `sampleSql`; `i` is the column's place in that query. */
export function readSample(row: Row, i: number, family: TypeFamily): ColumnSample {
  const field = (name: string) => row[`s${i}_${name}`];
  const [minimum, maximum] = [toNumber(field('minimum')), toNumber(field('maximum'))];
  const looks = likenesses.map((look): [Likeness, number] => [look, toCount(field(look))]);
  return {
    distinctInSample: toNumber(field('distinct')),
    meanTextLength: toNumber(field('length')),
    ...(field('present') === undefined ? {} : { presentInSample: toCount(field('present')) }),
    ...(minimum === null || maximum === null
      ? {}
      : { numbersInSample: { minimum, maximum, areWhole: toCount(field('fractions')) === 0 } }),
    ...(family === 'text' ? { looksInSample: Object.fromEntries(looks) as Record<Likeness, number> } : {}),
  };
}

import { describe, expect, it } from 'vitest';
import type { ColumnAggregate } from '../../src/domain/profile.ts';
import { windowsBetween } from '../../src/domain/window.ts';
import { defaultPlan, type EngineSubject, feature, type TestColumn } from './engine-tables.ts';

const DAYS = ['2026-03-01', '2026-03-02'] as const;
const MOST = 50;

/** What every statistics engine promises of a segment column, also of one with far too many values. */
export function segmentsEngineContract(name: string, subject: () => EngineSubject): void {
  describe(`${name} with a segment column`, () => {
    it('keeps the fifty largest segments and takes the others together, with a clear word', async () => {
      // s00 has 1 row a day, s01 has 2 ... s59 has 60: the fifty largest are s10 ... s59.
      const rows = DAYS.flatMap((day) => growing(60).map((segment) => ({ day, segment, age: 3 })));

      const aggregates = await profiled(subject(), rows);

      const traffic = ofFirstDay(aggregates).filter(({ role }) => role === 'traffic');
      expect(traffic.map(({ segment }) => segment)).toEqual([
        '',
        '(other)',
        ...Array.from({ length: MOST }, (_, i) => `s${i + 10}`),
      ]);
      // 1 + 2 + ... + 10 of 1 + 2 + ... + 60.
      expect(traffic[1]).toMatchObject({ rows: 55, problems: [] });
      expect(traffic[0]).toMatchObject({
        rows: 1830,
        problems: [
          {
            code: 'segments_capped',
            text:
              'the segment column "land" has 60 values, of which 50 are segments of their own: 55 of 1830 rows (3.01 %) are together ' +
              'in (other); name a column with fewer values to see each of them',
          },
        ],
      });
      const ages = ofFirstDay(aggregates).filter(({ column }) => column === 'age');
      expect(ages.map(({ segment, rows: count, mean }) => [segment, count, mean]).slice(0, 3)).toEqual([
        ['', 1830, 3],
        ['(other)', 55, 3],
        ['s10', 11, 3],
      ]);
    });

    it('says nothing where every value has a place, or in a window without others', async () => {
      const few = DAYS.flatMap((day) => growing(MOST).map((segment) => ({ day, segment, age: 3 })));
      const late = [...few, { day: DAYS[1], segment: 'small', age: 3 }];

      const problems = async (rows: readonly Row[]) =>
        (await profiled(subject(), rows)).flatMap((each) =>
          each.problems.map(({ code }) => `${each.window.key} ${code}`),
        );

      expect(await problems(few)).toEqual([]);
      expect(await problems(late)).toEqual(['2026-03-02 segments_capped']);
    });

    it('keeps the place of segments that were there before, however small they are now', async () => {
      const rows = DAYS.flatMap((day) => growing(60).map((segment) => ({ day, segment, age: 3 })));

      const aggregates = await profiled(subject(), rows, { segments: ['s00', 'gone', 's00'] });

      const segments = ofFirstDay(aggregates).filter(({ role }) => role === 'traffic');
      expect(segments).toHaveLength(2 + MOST);
      expect(segments.find(({ segment }) => segment === 's00')?.rows).toBe(1);
      expect(segments.find(({ segment }) => segment === 'gone')?.rows).toBe(0);
      expect(segments.find(({ segment }) => segment === 's11')).toBeUndefined();
    });

    it('gives the others a row of zero where they were there before', async () => {
      const aggregates = await profiled(subject(), [{ day: DAYS[0], segment: 'NO', age: 3 }], {
        segments: ['(other)'],
      });

      expect(ofFirstDay(aggregates).map(({ column, segment, rows }) => [column, segment, rows])).toEqual([
        ['*', '', 1],
        ['age', '', 1],
        ['*', '(other)', 0],
        ['*', 'NO', 1],
        ['age', 'NO', 1],
      ]);
    });

    it('takes a value of the name of the others as one of them', async () => {
      const rows = [...growing(60), ...Array(100).fill('(other)')].map((segment) => ({
        day: DAYS[0],
        segment,
        age: 3,
      }));

      const traffic = ofFirstDay(await profiled(subject(), rows)).filter(({ role }) => role === 'traffic');

      expect(traffic.find(({ segment }) => segment === '(other)')?.rows).toBe(155);
      expect(traffic).toHaveLength(2 + MOST);
    });

    it('takes names with quotes, empty and missing ones as they are', async () => {
      const rows = ["it's", 'a "b"', '🦊', '', null].map((segment) => ({ day: DAYS[0], segment, age: 3 }));

      const traffic = ofFirstDay(await profiled(subject(), rows)).filter(({ role }) => role === 'traffic');

      expect(traffic.map(({ segment, rows: count }) => [segment, count])).toEqual([
        ['', 5],
        ['(missing)', 2],
        ['a "b"', 1],
        ["it's", 1],
        ['🦊', 1],
      ]);
    });
  });
}

interface Row {
  readonly day: string;
  readonly segment: string | null;
  readonly age: number;
}

/** `s00` once, `s01` twice, `s02` three times ... */
function growing(count: number): string[] {
  return Array.from({ length: count }, (_, i) => Array<string>(i + 1).fill(`s${String(i).padStart(2, '0')}`)).flat();
}

async function profiled(
  { engine, table }: EngineSubject,
  rows: readonly Row[],
  options: { readonly segments?: readonly string[] } = {},
): Promise<readonly ColumnAggregate[]> {
  const columns: TestColumn[] = [
    { name: 'at', type: 'timestamp', values: rows.map(({ day }) => `${day}T12:00`) },
    { name: 'land', type: 'text', values: rows.map(({ segment }) => segment) },
    { name: 'age', type: 'double', values: rows.map(({ age }) => age) },
  ];
  const plan = {
    ...defaultPlan(await table(columns)),
    ...{ segmentColumn: 'land', columns: [feature('age', 'numeric')] },
  };
  const windows = windowsBetween(Date.parse(`${DAYS[0]}Z`), Date.parse(`${DAYS[1]}Z`) + 1, 'UTC', 'day');
  return engine.open(plan, windows, { work: (opened) => opened.profile(windows, options) });
}

function ofFirstDay(aggregates: readonly ColumnAggregate[]): readonly ColumnAggregate[] {
  return aggregates.filter(({ window }) => window.key === DAYS[0]);
}

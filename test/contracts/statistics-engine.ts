import { describe, expect, it } from 'vitest';
import type { Column, ColumnKind } from '../../src/domain/column.ts';
import { DriftbellError } from '../../src/domain/errors.ts';
import type { Source } from '../../src/domain/model.ts';
import type { ColumnAggregate, ProfilePlan } from '../../src/domain/profile.ts';
import { windowsBetween } from '../../src/domain/window.ts';
import type { StatisticsEngine } from '../../src/ports/statistics-engine.ts';

/** A column of a test table in words that every engine can turn into its own types. */
export interface TestColumn {
  readonly name: string;
  readonly type: 'timestamp' | 'double' | 'integer' | 'boolean' | 'text';
  readonly values: readonly (string | number | boolean | null)[];
}

export interface EngineSubject {
  readonly engine: StatisticsEngine;
  /** Makes a table that the engine can read. */
  table(columns: readonly TestColumn[]): Promise<Source>;
}

/** What every statistics engine promises, on the same data. */
export function statisticsEngineContract(name: string, subject: () => EngineSubject): void {
  describe(`${name} as a statistics engine`, () => {
    it('counts missing, non-finite and default values apart and takes moments over the finite ones', async () => {
      const aggregates = await profile(subject(), {
        columns: [
          ...stamped(['2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01']),
          { name: 'age', type: 'double', values: [null, Number.NaN, Number.POSITIVE_INFINITY, 0, 2, 4] },
        ],
        plan: { columns: [feature('age', 'numeric')] },
      });

      // Finite values 0, 2, 4: mean 2, population variance (4 + 0 + 4) / 3.
      expect(column(aggregates, 'age')).toMatchObject([
        { rows: 6, missing: 1, nonFinite: 2, defaults: 1, mean: 2, minimum: 0, maximum: 4, distinct: 3, problems: [] },
      ]);
      expect(column(aggregates, 'age')[0]?.standardDeviation).toBeCloseTo(Math.sqrt(8 / 3), 12);
      expect(column(aggregates, 'age')[0]?.quantiles?.[3]).toBe(2);
      expect(column(aggregates, 'age')[0]?.quantiles).toHaveLength(7);
    });

    it('counts a declared default instead of zero', async () => {
      const aggregates = await profile(subject(), {
        columns: [...stamped(['2026-03-01', '2026-03-01']), { name: 'age', type: 'integer', values: [-1, 0] }],
        plan: { columns: [{ ...feature('age', 'numeric'), defaultValue: -1 }] },
      });

      expect(column(aggregates, 'age')).toMatchObject([{ defaults: 1, mean: -0.5 }]);
    });

    it('gives every window a traffic aggregate and a window without rows nothing else', async () => {
      const aggregates = await profile(subject(), {
        columns: [
          ...stamped(['2026-03-01', '2026-03-03', '2026-03-03']),
          { name: 'age', type: 'double', values: [1, 2, 3] },
        ],
        plan: { columns: [feature('age', 'numeric')] },
        from: '2026-03-01',
        days: 3,
      });

      expect(column(aggregates, '*').map((each) => [each.window.key, each.role, each.rows])).toEqual([
        ['2026-03-01', 'traffic', 1],
        ['2026-03-02', 'traffic', 0],
        ['2026-03-03', 'traffic', 2],
      ]);
      expect(column(aggregates, 'age').map((each) => [each.window.key, each.mean])).toEqual([
        ['2026-03-01', 1],
        ['2026-03-03', 2.5],
      ]);
    });

    it('leaves out rows before, after and between the windows', async () => {
      const aggregates = await profile(subject(), {
        columns: stamped([
          '2026-02-28T23:59:59.999',
          '2026-03-01T00:00:00',
          '2026-03-01T23:59:59.999',
          '2026-03-02T00:00:00',
        ]),
        plan: {},
      });

      expect(column(aggregates, '*').map((each) => each.rows)).toEqual([2]);
    });

    it('counts the largest categories of the whole request in every window, also where they are absent', async () => {
      const aggregates = await profile(subject(), {
        columns: [
          ...stamped(['2026-03-01', '2026-03-01', '2026-03-01', '2026-03-02', '2026-03-02']),
          { name: 'city', type: 'text', values: ['Oslo', 'Oslo', 'Rome', 'Bonn', ''] },
        ],
        plan: { columns: [feature('city', 'categorical')], topCategories: 3 },
        days: 2,
      });

      expect(column(aggregates, 'city')).toMatchObject([
        {
          defaults: 0,
          distinct: 2,
          categories: [
            { value: 'Oslo', rows: 2 },
            { value: '', rows: 0 },
            { value: 'Bonn', rows: 0 },
          ],
        },
        {
          defaults: 1,
          distinct: 2,
          categories: [
            { value: '', rows: 1 },
            { value: 'Bonn', rows: 1 },
            { value: 'Oslo', rows: 0 },
          ],
        },
      ]);
    });

    it('counts reference categories instead when they are given', async () => {
      const aggregates = await profile(subject(), {
        columns: [...stamped(['2026-03-01', '2026-03-01']), { name: 'city', type: 'text', values: ['Oslo', 'Oslo'] }],
        plan: { columns: [feature('city', 'categorical')], referenceCategories: { city: ['Rome', "O'Hare"] } },
      });

      expect(column(aggregates, 'city')[0]?.categories).toEqual([
        { value: 'Rome', rows: 0 },
        { value: "O'Hare", rows: 0 },
      ]);
    });

    it('takes the mean of a boolean as the share of true', async () => {
      const aggregates = await profile(subject(), {
        columns: [
          ...stamped(['2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01']),
          { name: 'paid', type: 'boolean', values: [true, true, true, false, null] },
        ],
        plan: { columns: [feature('paid', 'boolean')] },
      });

      expect(column(aggregates, 'paid')).toMatchObject([
        {
          missing: 1,
          mean: 0.75,
          categories: [
            { value: 'true', rows: 3 },
            { value: 'false', rows: 1 },
          ],
        },
      ]);
    });

    it('aggregates all traffic and every segment, a segment without rows included', async () => {
      const aggregates = await profile(subject(), {
        columns: [
          ...stamped(['2026-03-01', '2026-03-01', '2026-03-01', '2026-03-02']),
          { name: 'land', type: 'text', values: ['NO', 'IT', null, 'NO'] },
          { name: 'age', type: 'double', values: [1, 3, 8, 5] },
        ],
        plan: { segmentColumn: 'land', columns: [feature('age', 'numeric')] },
        days: 2,
      });

      expect(column(aggregates, '*').map((each) => [each.window.key, each.segment, each.rows])).toEqual([
        ['2026-03-01', '', 3],
        ['2026-03-01', '(missing)', 1],
        ['2026-03-01', 'IT', 1],
        ['2026-03-01', 'NO', 1],
        ['2026-03-02', '', 1],
        ['2026-03-02', '(missing)', 0],
        ['2026-03-02', 'IT', 0],
        ['2026-03-02', 'NO', 1],
      ]);
      expect(column(aggregates, 'age').map((each) => [each.segment, each.mean])).toEqual([
        ['', 4],
        ['(missing)', 8],
        ['IT', 3],
        ['NO', 1],
        ['', 5],
        ['NO', 5],
      ]);
    });

    it('sums labels and scores over the rows that have both', async () => {
      const aggregates = await profile(subject(), {
        columns: [
          ...stamped(['2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01']),
          { name: 'p', type: 'double', values: [0.5, 0.25, null, 0.9] },
          { name: 'clicked', type: 'integer', values: [1, 0, 1, null] },
        ],
        plan: { labelColumn: 'clicked', columns: [{ name: 'p', role: 'score', kind: 'numeric' }] },
      });

      expect(column(aggregates, 'p')[0]?.observed).toEqual({ labels: 1, scores: 0.75, rows: 2 });
    });

    it.each([
      ['2026-03-08', 23],
      ['2026-03-09', 24],
      ['2026-11-01', 25],
    ])('cuts %s in New York as a day of %i hours', async (day, hours) => {
      const zone = 'America/New_York';
      const start = windowsBetween(Date.parse(`${day}T12:00Z`), Date.parse(`${day}T12:00Z`) + 1, zone, 'day');
      const first = (start[0]?.startMs ?? 0) - 36e5;
      const everyHalfHour = Array.from({ length: 56 }, (_, i) => new Date(first + i * 18e5).toISOString().slice(0, -1));

      const aggregates = await profile(subject(), { columns: stamped(everyHalfHour), plan: { zone }, from: day });

      expect(column(aggregates, '*').map((each) => each.rows)).toEqual([hours * 2]);
    });

    it('cuts days where clocks change by half an hour', async () => {
      const start = Date.parse('2026-04-03T13:00Z');
      const everyHalfHour = Array.from({ length: 4 * 48 }, (_, i) =>
        new Date(start + i * 18e5).toISOString().slice(0, -1),
      );

      const aggregates = await profile(subject(), {
        columns: stamped(everyHalfHour),
        plan: { zone: 'Australia/Lord_Howe' },
        fromMs: start,
        toMs: start + 3 * 864e5,
      });

      expect(column(aggregates, '*').map((each) => [each.window.key, each.rows])).toEqual([
        ['2026-04-04', 48],
        ['2026-04-05', 49],
        ['2026-04-06', 48],
      ]);
    });

    it('cuts hours in a zone whose offset is no whole hour', async () => {
      const aggregates = await profile(subject(), {
        columns: stamped(['2026-03-01T00:29', '2026-03-01T00:31', '2026-03-01T01:29', '2026-03-01T01:30']),
        plan: { zone: 'Asia/Kolkata', granularity: 'hour' },
        fromMs: Date.parse('2026-03-01T00:00Z'),
        toMs: Date.parse('2026-03-01T02:00Z'),
      });

      expect(column(aggregates, '*').map((each) => [each.window.key, each.rows])).toEqual([
        ['2026-03-01T05:00+05:30', 1],
        ['2026-03-01T06:00+05:30', 2],
        ['2026-03-01T07:00+05:30', 1],
      ]);
    });

    it('makes a vanished column a problem and goes on with the others', async () => {
      const aggregates = await profile(subject(), {
        columns: [...stamped(['2026-03-01']), { name: 'age', type: 'double', values: [7] }],
        plan: { columns: [feature('gone', 'numeric'), feature('age', 'numeric')] },
      });

      expect(column(aggregates, 'gone')).toMatchObject([
        { rows: 1, mean: null, problems: [{ code: 'column_vanished' }] },
      ]);
      expect(column(aggregates, 'age')).toMatchObject([{ mean: 7, problems: [] }]);
    });

    it('cuts columns by a reference and counts windows by the same cuts', async () => {
      const { engine, table } = subject();
      const source = await table([
        ...stamped(['2026-03-01', '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-03', '2026-03-03', '2026-03-03']),
        { name: 'age', type: 'double', values: [1, 0, 2, 9, 2, null, 0.5] },
        { name: 'city', type: 'text', values: ['Oslo', 'Rome', 'Oslo', 'Bonn', 'Rome', null, 'Oslo'] },
        { name: 'paid', type: 'boolean', values: [true, false, true, true, null, false, true] },
      ]);
      const columns = [feature('age', 'numeric'), feature('city', 'categorical'), feature('paid', 'boolean')];
      const plan = { ...defaultPlan(source), columns, topCategories: 1 };
      const windows = windowsBetween(Date.parse('2026-03-01Z'), Date.parse('2026-03-04Z'), 'UTC', 'day');

      const { reference, aggregates } = await engine.open(plan, windows, {
        work: async (opened) => {
          const built = await opened.reference(windows.slice(0, 2));
          const bins = Object.fromEntries(built.columns.map((each) => [each.aggregate.column, each.bins]));
          return { reference: built, aggregates: await opened.profile(windows.slice(2), { bins }) };
        },
      });

      expect(reference.windows).toBe(2);
      const [age, city, paid] = ['age', 'city', 'paid'].map((name) =>
        reference.columns.find(({ aggregate }) => aggregate.column === name),
      );
      // Of 1, 0 (the default) and 2: just below 1, then 1 and 2, and whatever quantiles lie between.
      const edges = age?.bins.kind === 'numeric' ? age.bins.edges : [];
      expect(edges[0]).toBeLessThan(1);
      expect([...edges.slice(0, 2), edges.at(-1)]).toEqual([expect.closeTo(1, 12), 1, 2]);
      expect(age?.aggregate).toMatchObject({ rows: 3, defaults: 1, mean: 1, minimum: 0, maximum: 2 });
      expect(age?.aggregate.bins?.reduce((sum, rows) => sum + rows, 0)).toBe(2);
      expect(city?.bins).toEqual({ kind: 'categorical', categories: ['Oslo'], known: ['Oslo', 'Rome'] });
      expect(city?.aggregate).toMatchObject({ categories: [{ value: 'Oslo', rows: 2 }], unseen: 0 });
      expect(paid).toMatchObject({ bins: { kind: 'boolean' }, aggregate: { mean: 2 / 3 } });

      // 9 is beyond the last edge, 2 in the last bin, 0.5 below the first edge.
      const counted = column(aggregates, 'age')[0]?.bins ?? [];
      expect([counted[0], counted.at(-2), counted.at(-1)]).toEqual([1, 1, 1]);
      expect(counted).toHaveLength(edges.length + 1);
      expect(column(aggregates, 'city')).toMatchObject([
        { missing: 1, categories: [{ value: 'Oslo', rows: 1 }], unseen: 1 },
      ]);
    });

    it('has no reference where the windows have no rows, and no bins of a column without values', async () => {
      const { engine, table } = subject();
      const source = await table([
        ...stamped(['2026-03-01', '2026-03-01']),
        { name: 'age', type: 'double', values: [null, Number.NaN] },
      ]);
      const plan = { ...defaultPlan(source), columns: [feature('age', 'numeric'), feature('gone', 'numeric')] };
      const windows = windowsBetween(Date.parse('2026-03-01Z'), Date.parse('2026-03-03Z'), 'UTC', 'day');

      await engine.open(plan, windows, {
        work: async (opened) => {
          expect(await opened.reference(windows.slice(1))).toEqual({ windows: 0, columns: [] });
          expect((await opened.reference(windows)).columns).toMatchObject([
            { bins: { edges: [] }, aggregate: { column: 'age', missing: 1, nonFinite: 1, bins: [0] } },
          ]);
        },
      });
    });

    it('describes the columns and tells the span of time', async () => {
      const { engine, table } = subject();
      const source = await table([
        ...stamped(['2026-03-01T10:00', '2026-03-02T11:00', '2026-03-01T09:00']),
        { name: 'city', type: 'text', values: ['Oslo', 'Rome', 'Oslo'] },
      ]);

      const description = await engine.describe(source);
      const range = await engine.timeRange({ ...defaultPlan(source) });

      expect(description.rows).toBe(3);
      expect(description.columns).toMatchObject([
        { name: 'at' },
        { name: 'city', distinctInSample: 2, rowsInSample: 3, meanTextLength: 4 },
      ]);
      expect(range).toEqual({ firstMs: Date.parse('2026-03-01T09:00Z'), lastMs: Date.parse('2026-03-02T11:00Z') });
    });

    it('says which column is missing and which name is near', async () => {
      const { engine, table } = subject();
      const source = await table(stamped(['2026-03-01']));

      await expect(engine.timeRange({ ...defaultPlan(source), timeColumn: 'art' })).rejects.toMatchObject({
        code: 'source.column_missing',
        message: expect.stringContaining('"at"'),
      });
    });

    it('stops on request', async () => {
      const { engine, table } = subject();
      const source = await table(stamped(['2026-03-01']));

      const stopped = await engine.describe(source, AbortSignal.abort()).catch((thrown: unknown) => thrown);

      expect(stopped).toBeInstanceOf(DriftbellError);
      expect(stopped).toMatchObject({ code: 'cancelled' });
    });
  });
}

interface Case {
  readonly columns: readonly TestColumn[];
  readonly plan: Partial<ProfilePlan>;
  /** First day; default 2026-03-01. */
  readonly from?: string;
  readonly days?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

async function profile(subject: EngineSubject, given: Case): Promise<readonly ColumnAggregate[]> {
  const source = await subject.table(given.columns);
  const plan = { ...defaultPlan(source), ...given.plan };
  const noon = Date.parse(`${given.from ?? '2026-03-01'}T12:00Z`);
  const from = given.fromMs ?? noon;
  const to = given.toMs ?? noon + ((given.days ?? 1) - 1) * 864e5 + 1;
  return subject.engine.profile(plan, windowsBetween(from, to, plan.zone, plan.granularity));
}

function defaultPlan(source: Source): ProfilePlan {
  return { source, timeColumn: 'at', zone: 'UTC', granularity: 'day', columns: [], topCategories: 20 };
}

function stamped(values: readonly string[]): TestColumn[] {
  return [
    { name: 'at', type: 'timestamp', values: values.map((value) => (value.includes('T') ? value : `${value}T12:00`)) },
  ];
}

function feature(name: string, kind: ColumnKind): Column & { readonly kind: ColumnKind } {
  return { name, role: 'feature', kind };
}

function column(aggregates: readonly ColumnAggregate[], name: string): readonly ColumnAggregate[] {
  return aggregates.filter((each) => each.column === name);
}

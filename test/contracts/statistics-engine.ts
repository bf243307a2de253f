import { describe, expect, it } from 'vitest';
import { DriftbellError } from '../../src/domain/errors.ts';
import { windowsBetween } from '../../src/domain/window.ts';
import { column, defaultPlan, type EngineSubject, feature, profile, stamped } from './engine-tables.ts';

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

    it('counts a declared default instead of zero, and takes it for no value', async () => {
      const aggregates = await profile(subject(), {
        columns: [...stamped(['2026-03-01', '2026-03-01']), { name: 'age', type: 'integer', values: [-1, 0] }],
        plan: { columns: [{ ...feature('age', 'numeric'), defaultValue: -1 }] },
      });

      expect(column(aggregates, 'age')).toMatchObject([{ defaults: 1, mean: 0, finiteMean: -0.5, minimum: 0 }]);
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

      expect(column(aggregates, 'p')[0]?.observed).toEqual({
        ...{ labels: 1, scores: 0.75, rows: 2, otherLabels: 0, otherScores: 0, auc: 1, ndcgAt10: null },
        squaredErrors: 0.25 + 0.0625,
      });
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

    it('counts rows later than what was asked for apart from the span, and refuses a table of nothing else', async () => {
      const { engine, table } = subject();
      const source = await table(stamped(['2026-03-01T10:00', '2026-03-02T11:00', '2062-10-24T09:00']));
      const latestMs = Date.parse('2026-03-02T11:00Z');

      const range = await engine.timeRange({ ...defaultPlan(source) }, { latestMs });
      const early = engine.timeRange({ ...defaultPlan(source) }, { latestMs: Date.parse('2026-02-01') });

      expect(range).toEqual({
        ...{ firstMs: Date.parse('2026-03-01T10:00Z'), lastMs: latestMs },
        future: { rows: 1, lastMs: Date.parse('2062-10-24T09:00Z'), afterMs: latestMs },
      });
      await expect(early).rejects.toMatchObject({
        code: 'source.time_unusable',
        message: expect.stringMatching(
          /rows that are not in the future, .* all lie in the future, the last on 2062-10-24/,
        ),
      });
    });

    it('reads the first rows of a small table as text', async () => {
      const { engine, table } = subject();
      const source = await table([
        { name: 'feature', type: 'text', values: ['age', null, '"quoted"'] },
        { name: 'gain', type: 'double', values: [0.25, -1e300, Number.NaN] },
        { name: 'n', type: 'integer', values: [7, 8, null] },
      ]);

      const rows = await engine.readRows(source, ['gain', 'feature'], { mostRows: 10 });
      const [first, ...others] = await engine.readRows(source, ['n'], { mostRows: 1 });

      expect(rows.map(([gain, feature]) => [Number(gain), feature])).toEqual([
        [0.25, 'age'],
        [-1e300, null],
        [Number.NaN, '"quoted"'],
      ]);
      expect(first).toEqual(['7']);
      expect(others).toEqual([]);
      await expect(engine.readRows(source, ['gian'], { mostRows: 1 })).rejects.toMatchObject({
        code: 'source.column_missing',
        message: expect.stringContaining('"gain"'),
      });
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

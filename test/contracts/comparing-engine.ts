import { describe, expect, it } from 'vitest';
import { windowsBetween } from '../../src/domain/window.ts';
import { column, defaultPlan, type EngineSubject, feature, profile, stamped } from './engine-tables.ts';

/** What every statistics engine promises of comparing scores with labels, and windows with a reference. */
export function comparingEngineContract(name: string, subject: () => EngineSubject): void {
  describe(`${name} comparing`, () => {
    it('orders the scores of each window and segment by their labels', async () => {
      const aggregates = await profile(subject(), {
        columns: [
          ...stamped([...Array(6).fill('2026-03-01'), '2026-03-02', '2026-03-02']),
          { name: 'p', type: 'double', values: [0.9, 0.4, 0.4, 0.2, 1.5, null, 0.1, 0.2] },
          { name: 'clicked', type: 'boolean', values: [true, true, false, false, null, true, true, true] },
          { name: 'land', type: 'text', values: ['NO', 'NO', 'NO', 'IT', 'IT', 'IT', 'NO', 'NO'] },
        ],
        plan: {
          ...{ segmentColumn: 'land', labelColumn: 'clicked' },
          columns: [{ name: 'p', role: 'score', kind: 'numeric' }, feature('land', 'categorical')],
        },
        days: 2,
      });

      // Pairs (.9 > .4), (.9 > .2), (.4 = .4), (.4 > .2): 3.5 of 4; in NO the first and the third: 1.5 of 2.
      expect(column(aggregates, 'p').map((each) => [each.window.key, each.segment, each.observed?.auc])).toEqual([
        ['2026-03-01', '', 0.875],
        ['2026-03-01', 'IT', null],
        ['2026-03-01', 'NO', 0.75],
        ['2026-03-02', '', null],
        ['2026-03-02', 'NO', null],
      ]);
    });

    it('orders nothing where labels are no zeros and ones, and says so', async () => {
      const aggregates = await profile(subject(), {
        columns: [
          ...stamped(['2026-03-01', '2026-03-01', '2026-03-01']),
          { name: 'p', type: 'double', values: [0.5, 3, -1] },
          { name: 'minutes', type: 'integer', values: [2, 0, 1] },
        ],
        plan: { labelColumn: 'minutes', columns: [{ name: 'p', role: 'score', kind: 'numeric' }] },
      });

      expect(column(aggregates, 'p')[0]?.observed).toMatchObject({ otherLabels: 1, otherScores: 2, auc: null });
    });

    it('ranks the requests of each query within window and segment, ties without favour', async () => {
      const aggregates = await profile(subject(), {
        columns: [
          ...stamped([...Array(8).fill('2026-03-01'), '2026-03-02', '2026-03-02']),
          { name: 'p', type: 'double', values: [0.5, 0.9, 0.8, 0.4, 0.4, 0.3, 0.7, null, 0.2, 0.1] },
          { name: 'grade', type: 'integer', values: [1, 0, 2, 0, 1, 0, null, 3, 1, 4] },
          { name: 'q', type: 'text', values: ['a', 'a', 'a', 'b', 'b', 'c', 'a', 'a', 'a', null] },
          { name: 'land', type: 'text', values: ['NO', 'NO', 'IT', 'IT', 'IT', 'NO', 'NO', 'NO', 'IT', 'IT'] },
        ],
        plan: {
          ...{ segmentColumn: 'land', labelColumn: 'grade', queryColumn: 'q' },
          columns: [{ name: 'p', role: 'score', kind: 'numeric' }],
        },
        days: 2,
      });

      // Discounts 1, d = 1 / log2(3), 1 / 2. Query a: labels 0, 2, 1 by falling score, gains 0, 3, 1:
      // (3 d + 1 / 2) / (3 + d). Query b: a gain of 1 and one of 0 that tie: (1 + d) / 2. Query c: no label above 0.
      // In IT: a has the one row, b as before. In NO: a has labels 0, 1: d. On the second day a is one row: 1.
      const d = 1 / Math.log2(3);
      const expected = [
        ['2026-03-01', '', ((3 * d + 0.5) / (3 + d) + (1 + d) / 2) / 2],
        ['2026-03-01', 'IT', (1 + (1 + d) / 2) / 2],
        ['2026-03-01', 'NO', d],
        ['2026-03-02', '', 1],
        ['2026-03-02', 'IT', 1],
      ] as const;
      const found = column(aggregates, 'p');
      expect(found.map((each) => [each.window.key, each.segment])).toEqual(expected.map(([key, land]) => [key, land]));
      for (const [i, [, , ndcg]] of expected.entries()) expect(found[i]?.observed?.ndcgAt10).toBeCloseTo(ndcg, 12);
      expect(found.flatMap(({ problems }) => problems)).toEqual([]);
    });

    it('makes a vanished query column a problem on the score and goes on with the rest', async () => {
      const aggregates = await profile(subject(), {
        columns: [
          ...stamped(['2026-03-01', '2026-03-01']),
          { name: 'p', type: 'double', values: [0.5, 0.25] },
          { name: 'clicked', type: 'boolean', values: [true, false] },
        ],
        plan: {
          ...{ labelColumn: 'clicked', queryColumn: 'q' },
          columns: [{ name: 'p', role: 'score', kind: 'numeric' }],
        },
      });

      expect(column(aggregates, 'p')).toMatchObject([
        { mean: 0.375, observed: { auc: 1, ndcgAt10: null }, problems: [{ code: 'query_missing' }] },
      ]);
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

    it('tells which rows have a second spelling of a category that is known', async () => {
      const { engine, table } = subject();
      const source = await table([
        ...stamped([...new Array<string>(4).fill('2026-03-01'), ...new Array<string>(7).fill('2026-03-02')]),
        {
          ...{ name: 'sky', type: 'text' },
          values: [
            ...['clear sky', 'clear sky', 'rain', 'Rain'],
            ...['Clear Sky', 'clear_sky', 'Clear Sky', 'clear sky', 'RAIN', ' ', null],
          ],
        },
      ]);
      const plan = { ...defaultPlan(source), columns: [feature('sky', 'categorical')] };
      const windows = windowsBetween(Date.parse('2026-03-01Z'), Date.parse('2026-03-03Z'), 'UTC', 'day');

      const aggregates = await engine.open(plan, windows, {
        work: async (opened) => {
          const { columns } = await opened.reference(windows.slice(0, 1));
          const bins = Object.fromEntries(columns.map((each) => [each.aggregate.column, each.bins]));
          return opened.profile(windows, { bins });
        },
      });

      // Of two spellings that are both known the smaller one is the variant: by name where they are as large.
      expect(column(aggregates, 'sky').map(({ problems }) => problems)).toEqual([
        [{ code: 'spelling_changed', text: 'has `rain` beside `Rain`', rows: 1 }],
        [{ code: 'spelling_changed', text: 'has `Clear Sky` beside `clear sky`', rows: 4 }],
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
  });
}

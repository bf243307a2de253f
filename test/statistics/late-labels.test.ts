import { describe, expect, it } from 'vitest';
import type { ObservedAggregate } from '../../src/domain/profile.ts';
import { parseWindow, windowsBetween } from '../../src/domain/window.ts';
import { createDuckdbEngine } from '../../src/engines/duckdb/index.ts';
import { deriveStatistics, runLateLabels, runStatistics, windowsWithLateLabels } from '../../src/statistics/index.ts';
import { statisticsDeps } from '../builders/statistics-deps.ts';
import { memoryStores, registeredModel } from '../db/memory-stores.ts';
import { parquetFile } from '../engines/duckdb/profiled.ts';
import { temporaryFolder } from '../engines/duckdb/temporary-folder.ts';
import { aggregate, WINDOW } from './aggregate.ts';

const folder = temporaryFolder();

describe('late labels', () => {
  const observed: ObservedAggregate = {
    ...{ rows: 6, labels: 2, scores: 3 },
    ...{ squaredErrors: 1, otherLabels: 0, otherScores: 0, auc: 0.5, ndcgAt10: null },
  };
  const score = (overrides: Partial<ObservedAggregate> = {}, rows = 10) =>
    aggregate({ role: 'score', rows, observed: { ...observed, ...overrides } });
  const stored = [deriveStatistics(score())];

  it.each([
    ['none came', score(), []],
    ['only the order of the sum differs', score({ scores: 3 + 1e-15 }), []],
    ['one came', score({ rows: 7 }), ['2026-03-01']],
    ['one was corrected', score({ labels: 3 }), ['2026-03-01']],
    ['rows came with them', score({}, 11), ['2026-03-01']],
    ['the window was never stored', { ...score({ rows: 7 }), window: { ...WINDOW, startMs: 0 } }, []],
  ])('touch the window when %s', (_, now, expected) => {
    expect(windowsWithLateLabels(stored, [now]).map(({ key }) => key)).toEqual(expected);
  });

  it('are computed into the windows that they touch, and into no other', async () => {
    const rows = (labels: string) =>
      `SELECT * FROM (VALUES (TIMESTAMP '2026-03-01 10:00', 0.75, 1, 'a'), (TIMESTAMP '2026-03-01 11:00', 0.5, 0, 'a'),
        (TIMESTAMP '2026-03-02 10:00', 0.25, ${labels}, 'b'), (TIMESTAMP '2026-03-02 11:00', 0.5, ${labels}, 'b')) AS t("at", p, y, q)`;
    const location = await parquetFile(folder, 'labels.parquet', rows('NULL'));
    const stores = memoryStores();
    const model = registeredModel(stores, {
      source: { location },
      timeColumn: 'at',
      zone: 'UTC',
      labelColumn: 'y',
      queryColumn: 'q',
    });
    stores.models.putColumns(model.id, [{ name: 'p', role: 'score', kind: 'numeric' }], []);
    const windows = windowsBetween(
      parseWindow('2026-03-01', 'UTC', 'day').startMs,
      parseWindow('2026-03-03', 'UTC', 'day').startMs,
      'UTC',
      'day',
    );
    const deps = statisticsDeps(stores, createDuckdbEngine(), Date.parse('2026-04-01T00:00Z'));
    const values = (statistic: 'observed_expected_ratio' | 'ndcg_at_10') =>
      stores.statistics
        .series(model.id, [{ segment: '', column: 'p', role: 'score', statistic }], 0, 4e12)
        .flatMap(({ points }) => points.map(({ value }) => value));
    const ratio = () => values('observed_expected_ratio');
    await runStatistics(deps, { model, windows });
    expect(ratio()).toEqual([0.8, null]);
    expect(values('ndcg_at_10')).toEqual([1, null]);
    expect(await runLateLabels(deps, { model, windows })).toMatchObject({ ok: 0 });

    await parquetFile(folder, 'labels.parquet', rows('1'));

    expect(await runLateLabels(deps, { model, windows })).toMatchObject({ ok: 1 });
    // Two labels of 1 against scores of .25 and .5.
    expect(ratio()).toEqual([0.8, 2 / 0.75]);
    expect(values('ndcg_at_10')).toEqual([1, 1]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StatisticName } from '../../src/domain/statistic.ts';
import { catchUp, LATE_LABELS_JOB, refreshLabels, takeTurn } from '../../src/jobs/index.ts';
import { type WatchedSource, watchedSource } from '../builders/watched-source.ts';

const ROWS = 40;
const SCORE = { segment: '', column: 'score', role: 'score' } as const;

/** Real SQLite and DuckDB. Ten days without labels, registered on the eleventh. */
describe('labels that come days later', () => {
  let source: WatchedSource;

  beforeAll(async () => {
    source = await watchedSource({
      labelColumn: 'label',
      registeredAt: '2026-03-11T12:00',
      history: ({ fillFrom }) => fillFrom('2026-03-01', 10, ROWS),
    });
    await catchUp(source.core.checks, source.model);
  });

  afterAll(() => source.close());

  const values = (statistic: StatisticName) =>
    source.core.stores.statistics
      .series(source.model.id, [{ ...SCORE, statistic }], 0, Number.MAX_SAFE_INTEGER)
      .flatMap(({ points }) => points.map(({ value }) => value));
  const ofDay = (place: number, value: number | null) =>
    Array.from({ length: 10 }, (_, i) => (i === place ? value : null));
  const passes = () => source.core.stores.runs.latest(LATE_LABELS_JOB, source.model.id);

  it('are looked for once a day', async () => {
    expect(await refreshLabels(source.core.checks, source.model)).toEqual([]);
    expect(passes()).toMatchObject({ outcome: 'ok', counts: { looked: 30, touched: 0 } });
    const first = passes()?.id;

    source.at('2026-03-12T02:00');
    await refreshLabels(source.core.checks, source.model);

    expect(passes()?.id).toBe(first);
  });

  it('change the statistics of exactly the windows that they belong to', async () => {
    const before = (day: number) =>
      source.core.stores.statistics.window(source.model.id, source.window(`2026-03-0${day}`));
    const untouched = [1, 2, 3, 4, 6, 7, 8, 9].map(before);
    expect(values('label_rate')).toEqual(new Array(10).fill(0));
    source.fill('2026-03-05', ROWS, { label: (row) => (row % 5 < 3 ? 0 : 1) });
    source.at('2026-03-12T12:00');

    const touched = await refreshLabels(source.core.checks, source.model);

    expect(touched.map(({ key }) => key)).toEqual(['2026-03-05']);
    expect(values('label_rate')).toEqual(ofDay(4, 1).map((value) => value ?? 0));
    // Scores .25 .375 .5 of label 0 and .625 .75 of label 1, eight times each: 16 over 20; the squared errors are
    // .0625 .140625 .25 .140625 .0625; every pair is in order.
    expect(values('observed_expected_ratio')).toEqual(ofDay(4, expect.closeTo(0.8, 10) as unknown as number));
    expect(values('brier')).toEqual(ofDay(4, expect.closeTo(0.13125, 10) as unknown as number));
    expect(values('auc')).toEqual(ofDay(4, 1));
    expect([1, 2, 3, 4, 6, 7, 8, 9].map(before)).toEqual(untouched);
    expect(passes()?.counts).toMatchObject({ touched: 1 });
  });

  it('are judged again only where their series are watched', async () => {
    const judged: string[] = [];
    const checks = source.core.checks;
    const steps = { ...checks.steps, watchesLabels: () => true };
    const detection: typeof steps.detection = async (_model, window) => {
      judged.push(window.key);
      return { judged: 0, anomalies: 0 };
    };
    source.fill('2026-03-07', ROWS, { label: 0 });
    source.at('2026-03-13T12:00');

    await refreshLabels({ ...checks, steps: { ...steps, detection } }, source.model);

    expect(judged).toEqual(['2026-03-07', '2026-03-10']);
    expect(checks.steps.watchesLabels(source.model, source.window('2026-03-07'))).toBe(false);
  });

  it('are part of a turn, whose next window is judged all the same', async () => {
    source.fill('2026-03-11', ROWS);
    source.fill('2026-03-08', ROWS, { label: 1 });
    source.at('2026-03-15T12:00');

    await takeTurn(source.core.checks, source.model);

    expect(source.core.stores.runs.latest('check', source.model.id)).toMatchObject({ outcome: 'ok' });
    expect(passes()?.counts).toMatchObject({ touched: 1 });
  });
});

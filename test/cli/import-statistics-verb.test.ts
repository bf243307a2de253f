import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type WatchedSource, watchedSource } from '../builders/watched-source.ts';
import { objectsOf, runDriftbell } from './run-driftbell.ts';

describe('driftbell import-statistics', () => {
  let source: WatchedSource;
  let lines: Record<string, unknown>[];

  beforeAll(async () => {
    source = await watchedSource({
      registeredAt: '2026-03-09T12:00',
      isHistoryLeft: true,
      history: ({ fillFrom }) => fillFrom('2026-02-16', 20, 40),
    });
  });

  beforeEach(async () => {
    vi.stubEnv('DRIFTBELL_DATABASE', source.databasePath);
    vi.stubEnv('DRIFTBELL_LOG_LEVEL', 'silent');
    const table = ['--source', join(dirname(source.databasePath), 'rows.jsonl'), '--time-column', 'scored_at'];
    lines ??= objectsOf(
      await driftbell('statistics', ...table, '--features', 'age', '--score-column', 'score', '--json'),
    );
  });

  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => source.close());

  const driftbell = (...args: string[]) => runDriftbell(args, source.clock);
  const stored = () => source.core.stores.statistics.windowStarts(source.model.id);

  function importing(given: readonly unknown[], ...args: string[]) {
    const path = join(dirname(source.databasePath), 'statistics.jsonl');
    writeFileSync(path, given.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
    return driftbell('import-statistics', path, '--model', 'churn', ...args);
  }

  const changed = (place: number, change: Record<string, unknown>) =>
    lines.map((line, at) => (at === place ? { ...line, ...change } : line));

  it.each([
    ['no JSON', () => ['{"window":'], /in line 1 a JSON object/],
    ['a missing field', () => [{ ...lines[0], rows: undefined }], /in line 1 rows to be a number, got nothing/],
    ['a half row', () => changed(1, { rows: 1.5 }), /in line 2 rows to be a whole number, got 1\.5/],
    [
      'no window',
      () => changed(2, { window: '2026-02-16T05:00' }),
      /in line 3 the start of a window of one day in UTC/,
    ],
    ['no time', () => changed(2, { window: 'soon' }), /in line 3 .*got "soon"/],
    [
      'an unknown column',
      () => changed(1, { column: 'height' }),
      /in line 2 a column that churn watches, got "height"/,
    ],
    ['another role', () => changed(1, { role: 'score' }), /in line 2 role feature of column age, got score/],
    [
      'another kind',
      () => changed(1, { kind: 'categorical' }),
      /in line 2 kind numeric of column age, got categorical/,
    ],
    ['an unknown statistic', () => changed(1, { statistics: { median: 1 } }), /in line 2 statistics/],
    [
      'a share above 1',
      () => changed(1, { statistics: { coverage: 1.2 } }),
      /in line 2 coverage from 0 to 1, got 1\.2/,
    ],
    ['a line twice', () => [...lines, lines[1]], /in line 61 each column once .* age again, after line 2/],
    ['no traffic', () => lines.filter(({ column }) => column !== '*'), /column "\*".*, got none for 2026-02-16/],
  ])('refuses %s and changes nothing', async (_what, given, message) => {
    const { code, out, err } = await importing(given());

    expect({ code, out, stored: stored() }).toEqual({ code: 2, out: '', stored: [] });
    expect(err).toMatch(message);
    expect(err).toContain('[statistics.invalid]');
  });

  it('stores what the verb statistics prints as if it had computed it, twice the same', async () => {
    const first = await importing(lines);
    const window = source.window('2026-02-20');
    const rows = source.core.stores.statistics.window(source.model.id, window);

    expect(first).toEqual({
      code: 0,
      out: 'churn: 60 lines stored: 20 windows, 2026-02-16 to 2026-03-07, 3 columns.\n',
      err: '',
    });
    expect(rows.find(({ column }) => column === 'age')?.statistics).toMatchObject({ coverage: 1, missing_rate: 0 });
    expect(await importing(lines)).toEqual(first);
    expect(source.core.stores.statistics.window(source.model.id, window)).toEqual(rows);
  });

  it('judges the windows on request', async () => {
    const silent = changed(lines.length - 2, {
      statistics: { coverage: 0, missing_rate: 1 },
      problems: [{ code: 'all_missing', text: 'all values are missing' }],
    });

    const { code, out } = await importing(silent, '--judge');

    expect(code).toBe(0);
    expect(out).toMatch(/\n20 judged, [12] anomalies; reports #1\.\n$/);
    expect(source.core.stores.reports.open(source.model.id)?.findings[0]).toMatchObject({ rule: 'all_missing' });
  });
});

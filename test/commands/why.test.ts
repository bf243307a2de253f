import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { Detection } from '../../src/domain/anomaly.ts';
import { OUTAGE_DEPARTURE } from '../../src/domain/departure.ts';
import { filterNames } from '../../src/domain/finding.ts';
import type { Model } from '../../src/domain/model.ts';
import type { SeriesStatistic } from '../../src/domain/statistic.ts';
import { filterWords } from '../../src/messages/ledger-words.ts';
import { type FilterSettings, paperFilterSettings, runPostprocessing } from '../../src/postprocessing/index.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';
import { NOW, USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

let database: Database;
let churn: Model;

beforeEach(() => {
  database = memoryDatabase();
  churn = registeredModel(database.stores, { slug: 'churn', zone: 'UTC' });
});

afterEach(() => database.close());

/** Judges days of several series one after the other, as the bot does. */
function judge(series: readonly (readonly Detection[])[], settings: FilterSettings = paperFilterSettings): void {
  const { stores } = database;
  for (const at of series[0]?.keys() ?? []) {
    const ofDay = series.flatMap((one) => one[at] ?? []);
    const traffic = { window: day(at), segment: '', column: '*', role: 'traffic', rows: 9, problems: [] } as const;
    stores.statistics.replaceWindows(churn.id, [day(at)], [{ ...traffic, statistics: { traffic: 9 } }]);
    stores.detections.replaceWindow(churn.id, day(at), ofDay, 'd');
    runPostprocessing({ stores, settings }, { model: churn, window: day(at), now: NOW });
    const { startMs: windowStartMs } = day(at);
    const run = stores.runs.begin({ job: 'check', modelId: churn.id, windowStartMs, at: NOW, leaseMs: 1 });
    if (run !== undefined) stores.runs.end(run, 'ok', NOW, {});
  }
}

const message = async (typed: string) =>
  (await runCommand(commandDeps(database.stores), typed, { user: USER, channel: 'C0MODELS1' })).message;
const type = async (typed: string): Promise<string> => (await message(typed)).text;

describe('/drift why', () => {
  it('says which filter dropped an anomaly, with what it saw and what it asks for', async () => {
    judge([detectionsOf([0, 5, 1.1])]);

    expect(await type('why churn age')).toBe(
      [
        'Sat 3 Jan 2026: 1 series of “age” of churn anomalous; 1 dropped.',
        'age mean left its band of −0.5 to 0.5 with 1.1 (severity 1.1); dropped by severity: 1.1 of the 1.3 widths of the band it asks for',
      ].join('\n'),
    );
  });

  it('names every filter that said no', async () => {
    judge([detectionsOf([0, 0, 1.1])]);

    expect(await type('why churn')).toContain(
      'dropped by duration: 1 of the 2 anomalous windows it asks for; and by severity: 1.1 of the 1.3',
    );
  });

  it('says what was told and what was held, those first', async () => {
    const plan = seriesKey({ column: 'plan', statistic: 'coverage' });
    database.stores.mutes.put({
      ...{ modelId: churn.id, by: USER, startMs: NOW - 1, untilMs: NOW + 1_000 },
      ...{ scope: { column: 'plan' }, reason: 'known' },
    });
    judge([
      detectionsOf([0, 9, 9]),
      detectionsOf([0, -3, -3], plan),
      detectionsOf([0, 0, 4], seriesKey({ column: 'score' })),
    ]);

    const [summary, ...lines] = (await type('why churn')).split('\n');

    expect(summary).toBe('Sat 3 Jan 2026: 3 series of churn anomalous; 1 told, 1 held, 1 dropped.');
    expect(lines[0]).toMatch(
      /^age mean .* told: duration: 2 anomalous windows, where it asks for 2; severity: 9 widths of the band, where it asks for 1\.3;/,
    );
    expect(lines[1]).toMatch(/^plan coverage .* held by mute: by U0OWNER01: known$/);
    const { blocks } = await message('why churn');
    expect(JSON.stringify(blocks)).toContain('{"type":"user","userId":"U0OWNER01"},{"type":"text","text":": known"}');
    expect(lines[2]).toMatch(/^score mean .* dropped by duration/);
  });

  it('names the traffic as people do', async () => {
    judge([detectionsOf([0, 9, 9, 0], seriesKey({ column: '*', role: 'traffic', statistic: 'traffic' }))]);

    expect(await type('why churn traffic 2026-01-02')).toContain('1 series of “traffic” of churn anomalous; 1 told.');
  });

  it('takes a window by itself, and a column and a window', async () => {
    judge([detectionsOf([0, 9, 9, 0])]);

    expect(await type('why churn 2026-01-02')).toContain('Fri 2 Jan 2026: 1 series of churn anomalous; 1 told.');
    expect(await type('why churn age 2026-01-04')).toBe(
      'Sun 4 Jan 2026: 1 series of “age” of churn judged, none of them anomalous; there was nothing to filter.\nage mean was 0, inside its band of −0.5 to 0.5',
    );
    expect(await type('why churn 2026-02-01')).toBe(
      'churn has no window of Sun 1 Feb 2026: those that it has are from Thu 1 Jan 2026 to Sun 4 Jan 2026.',
    );
  });

  it('tells a fault that needs no band in its own words', async () => {
    judge([detectionsOf([0, 0, 1], seriesKey({ column: 'plan', statistic: 'coverage' }), 'all_missing')]);

    expect(await type('why churn plan')).toContain(
      'plan coverage: every value was missing; told: no filter is asked of it',
    );
  });

  it('says of a window that was judged as history that nothing is told of it', async () => {
    judge([detectionsOf([0])]);
    database.stores.detections.replaceWindow(churn.id, day(1), detectionsOf([0, 9]).slice(1), 'd');

    const said = await type('why churn 2026-01-02');

    expect(said).toContain('1 series of churn anomalous; 1 of the history, of which nothing is told.');
    expect(said).toContain('not filtered: the window is of the history');
  });

  it('says that the model is muted as a whole, which is no filter', async () => {
    judge([detectionsOf([0, 9, 9])]);
    database.stores.mutes.put({ modelId: churn.id, by: USER, startMs: NOW - 1, untilMs: NOW + 3_600_000 });

    expect(await type('why churn')).toContain(
      'The model is muted until 1 Feb 2026, 10:00 UTC: what is told is not posted anew.',
    );
  });

  it('shows the first twenty of hundreds, and where the rest is', async () => {
    const shares = Array.from({ length: 60 }, (_, at) => seriesKey({ column: 'plan', statistic: `share[${at}]` }));
    judge(shares.map((key) => detectionsOf([0, 0.3, 0.3], key)));

    const { text, blocks } = await message('why churn');

    expect(text).toContain('60 series of churn anomalous; 60 dropped');
    expect(text).toContain('40 more: “driftbell why --model churn --window 2026-01-03”');
    expect(blocks.find(({ type: kind }) => kind === 'list')).toMatchObject({ items: { length: 20 } });
  });

  it('knows a model without any window, and refuses a column that there is not', async () => {
    expect(await type('why churn')).toBe('churn has no window yet.');
    await expect(type('why churn agge')).rejects.toThrow('Did you mean `age`');
    await expect(type('why churn age someday')).rejects.toThrow('a date such as 2026-03-01');
  });

  it('has words for every filter, and for one that is no more', () => {
    const entry = { series: seriesKey(), window: day(0), isKept: false, measure: 0.5, threshold: 2 };
    for (const filter of filterNames)
      expect(filterWords({ ...entry, filter })).toMatch(new RegExp(`^${filter}: .{8,}`));
    expect(filterWords({ ...entry, filter: 'older' })).toBe('older: 0.5 of the 2 it asks for');
  });

  it('tells how far a quiet pattern goes in the unit of its statistic', () => {
    const entry = { filter: 'quieted', window: day(0), isKept: true, note: 'by U0ANNA' } as const;
    const words = (statistic: SeriesStatistic, measure: number, threshold: number) =>
      filterWords({ ...entry, series: seriesKey({ statistic }), measure, threshold });

    expect(words('mean', 31.24, 30)).toBe(
      'quieted: 31.2 from its baseline, where 30 from its baseline is the end of what was called a false alarm by U0ANNA',
    );
    expect(words('missing_rate', 0.31, 0.3)).toContain('31 % from its baseline, where 30 % from its baseline');
    expect(words('mean', OUTAGE_DEPARTURE, 30)).toContain('quieted: an outage, where 30 from its baseline');
  });

  it('never rounds a measure up to its threshold', () => {
    const entry = { series: seriesKey(), window: day(0), isKept: false, measure: 1.2999, threshold: 1.3 };

    expect(filterWords({ ...entry, filter: 'severity' })).toBe(
      'severity: 1.29 of the 1.3 widths of the band it asks for',
    );
  });
});

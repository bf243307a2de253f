import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportLine } from '../../src/cli/replay-lines.ts';
import { replayedReports } from '../../src/cli/replay-table.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { windowsBetween } from '../../src/domain/window.ts';
import { checkNow } from '../../src/jobs/index.ts';
import { createCore } from '../../src/main.ts';
import { packageRoot } from '../../src/platform/package-root.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { parseDeclaration } from '../../src/registry/index.ts';
import { fakeClock } from '../builders/stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';
import { objectsOf, runDriftbell } from './run-driftbell.ts';

const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2026, 0, 5);
const DAYS = 46;
const ROWS = 20;
/** Places of the days on which something is wrong. */
const AGE_SHIFT = [30, 32] as const;
const CITY_GONE = 36;
const NO_ROWS = 40;
const AGE_MISSING = 43;

const folder = mkdtempSync(join(tmpdir(), 'driftbell-replay-'));
const source = join(folder, 'rows.jsonl');
const detector = join(packageRoot(), 'detectors', 'driftbell');
const table = ['--source', source, '--time-column', 'at', '--score-column', 'score', '--detector', detector];

beforeAll(() => writeFileSync(source, `${tableLines().join('\n')}\n`));
beforeEach(() => {
  vi.stubEnv('DRIFTBELL_LOG_LEVEL', 'silent');
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ten weeks of rows, shuffled over their day, with four faults. */
function tableLines(): string[] {
  const random = createSeededRandom(7);
  const within = (place: number, [from, to]: readonly [number, number]) => place >= from && place <= to;
  const lines = Array.from({ length: DAYS }, (_, place) => {
    if (place === NO_ROWS) return [];
    return Array.from({ length: ROWS }, () => {
      const at = new Date(FIRST_MS + (place + random.uniform()) * DAY_MS).toISOString();
      const age = place === AGE_MISSING ? null : 40 + random.uniform() + (within(place, AGE_SHIFT) ? 25 : 0);
      const city = place === CITY_GONE ? null : random.uniform() < 0.5 ? 'Oslo' : 'Rome';
      return JSON.stringify({ at, age, city, score: 0.4 + random.uniform() / 10 });
    });
  });
  return lines.flat();
}

const replay = (...args: string[]) => runDriftbell(['replay', ...table, ...args], fakeClock(FIRST_MS + DAYS * DAY_MS));

/** The same table before a bot that was there from the first day and looked once a day. */
async function watchDayByDay() {
  const clock = fakeClock(FIRST_MS + DAY_MS);
  const core = await createCore({
    ...{ databasePath: join(folder, 'bot.sqlite'), detectorFolder: detector, memoryLimit: '500MB', clock },
    logger: silentLogger(),
  });
  try {
    const declaration = parseDeclaration({
      ...{ slug: 'churn', source: { location: source }, timeColumn: 'at', scoreColumn: 'score' },
      ...{ channel: 'C0MODELS1', latenessMinutes: 0 },
    });
    const { model } = await core.register(declaration, 'U0OWNER01' as UserId);
    for (const window of windowsBetween(FIRST_MS, FIRST_MS + DAYS * DAY_MS, 'UTC', 'day')) {
      clock.set(window.endMs + 1);
      await checkNow(core.checks, model, window);
    }
    return replayedReports(core, model).map(reportLine);
  } finally {
    await core.close();
  }
}

describe('driftbell replay', () => {
  it('opens and resolves what a bot would have that looked at every day in its turn', async () => {
    const replayed = objectsOf(await replay('--json'));
    const watched = await watchDayByDay();

    expect(replayed.map(({ opened }) => opened)).toEqual(['2026-02-04', '2026-02-10', '2026-02-14', '2026-02-17']);
    expect(replayed).toEqual(watched.toSorted((a, b) => a.opened.localeCompare(b.opened)));
  });

  it('prints exactly the fields that scripts rely on', async () => {
    const [first] = objectsOf(await replay('--json'));
    const [finding] = (first?.findings ?? []) as Record<string, unknown>[];

    expect(Object.keys(first ?? {})).toEqual(['opened', 'resolved', 'severity', 'causes', 'findings']);
    expect(finding).toEqual({
      segment: '',
      column: 'age',
      statistic: 'mean',
      from: '2026-02-04',
      to: '2026-02-06',
      value: expect.any(Number),
      lower: expect.any(Number),
      upper: expect.any(Number),
      rule: 'band',
    });
  });

  it('reports nothing before --from, and judges by the history before it', async () => {
    const { out, err, code } = await replay('--from', '2026-02-09');

    expect({ code, err }).toEqual({ code: 0, err: 'Left out: at (the time column).\n' });
    expect(out).toMatch(
      /^1\. critical, opened Tue 10 Feb 2026, resolved Thu 12 Feb 2026\n {3}City: every value was missing/,
    );
    expect(out).toMatch(
      /\n3 reports in 11 windows, 2026-02-09 to 2026-02-19; 1[01] had a history that a band needs\.\n$/,
    );
  });

  it('walks no windows to a row whose year is mistyped, and says that there is one', async () => {
    const mistyped = join(folder, 'mistyped.jsonl');
    writeFileSync(
      mistyped,
      `${tableLines().join('\n')}\n{"at":"2062-10-24T10:00:00Z","age":40,"city":"Oslo","score":0.45}\n`,
    );

    const { out, err } = await replay('--source', mistyped);

    expect(out).toContain('46 windows, 2026-01-05 to 2026-02-19;');
    expect(err).toContain('1 row lies in the future (the last on 2062-10-24) and is in no window.\n');
  });

  it('says when nothing would have fired', async () => {
    const { out } = await replay('--from', '2026-01-20', '--to', '2026-02-01');

    expect(out).toBe('No report in 12 windows, 2026-01-20 to 2026-01-31; 12 had a history that a band needs.\n');
  });

  it('says which windows there are where there are none between --from and --to', async () => {
    const remark = 'No windows between --from and --to: those of the source are from 2026-01-05 to 2026-02-19.\n';

    for (const json of [[], ['--json']]) {
      const { out, err, code } = await replay('--from', '2027-01-05', ...json);
      expect({ out, code }).toEqual({ out: '', code: 0 });
      expect(err).toContain(remark);
    }
  });

  it.each([
    [['--time-column', 'when'], /a time column that is in the source, got "when"/],
    [['--source', join(folder, 'none.csv')], /source\.not_found/],
    [['--detector', folder], /detector\.invalid/],
    [['--from', '2026-03-02', '--to', '2026-03-01'], /--from earlier than --to/],
    [['--engine', 'spark'], /--engine duckdb/],
    [['--holidays', 'Narnia'], /usage\.invalid/],
    [['--features', 'nope'], /source\.column_missing/],
  ])('refuses %j in one line', async (args, line) => {
    const { code, out, err } = await replay(...args);

    expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toMatch(line);
  });
});

import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { type WatchedSource, watchedSource } from '../builders/watched-source.ts';

const OURS = join(import.meta.dirname, '../../detectors/driftbell');

describe('driftbell calibrate', () => {
  let source: WatchedSource;

  beforeAll(async () => {
    source = await watchedSource({
      registeredAt: '2026-03-09T12:00',
      isHistoryLeft: true,
      // Traffic that scatters, so that its windows have a tail.
      history: ({ fillFrom }) => fillFrom('2026-02-09', 28, ({ startMs }) => 30 + ((startMs / 86_400_000) ** 3 % 11)),
    });
  });

  beforeEach(() => {
    vi.stubEnv('DRIFTBELL_DATABASE', source.databasePath);
    vi.stubEnv('DRIFTBELL_LOG_LEVEL', 'silent');
    vi.stubEnv('DRIFTBELL_DETECTOR', OURS);
  });

  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => source.close());

  async function driftbell(...args: readonly string[]) {
    const written = { out: '', err: '' };
    const process = {
      stdout: { on: () => undefined, write: (text: string) => (written.out += text) },
      stderr: { isTTY: false, write: (text: string) => (written.err += text) },
      once: () => undefined,
      exit: () => undefined,
    } as unknown as NodeJS.Process;
    const code = await runCli(args, { process, clock: source.clock });
    return { code, ...written };
  }

  it('says that there is nothing to learn from before a window was judged', async () => {
    const { code, out } = await driftbell('calibrate', '--dry-run');

    expect(code).toBe(0);
    expect(out).toMatch(
      /^No window of the last 90 days was judged by driftbell-seed-1@[0-9a-f]{12}: nothing is learned\.\n$/,
    );
  });

  it('shows by kind how often windows were that rare, and keeps it only without --dry-run', async () => {
    await driftbell('backfill', '--model', 'churn');

    const dry = await driftbell('calibrate', '--dry-run');
    const kept = await driftbell('calibrate');
    const json = await driftbell('calibrate', '--json');

    expect(dry.out).toMatch(/^kind +window +series +windows +left out +5 % +2 % +1 % +0\.1 % +before +factor\n/);
    expect(dry.out).toMatch(/^count +day +1 +\d+ +\d+ .* 1\.00 +\d\.\d\d$/m);
    expect(dry.out).toContain('Nothing was kept: this was a dry run.\n');
    expect(kept.out).toMatch(/Kept for driftbell-seed-1@/);
    const rows = json.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const count = rows.find(({ kind }) => kind === 'count');
    expect(count).toMatchObject({ granularity: 'day', before: count.factor, series: 1 });
    expect(count.reliability).toHaveLength(4);
  });

  it('refuses a detector that decides by its classifier, in one line', async () => {
    vi.stubEnv('DRIFTBELL_DETECTOR', 'detectors/paper');

    const { code, err } = await driftbell('calibrate');

    expect(code).toBe(2);
    expect(err).toMatch(/^driftbell: .*a detector with tail probabilities.*DRIFTBELL_DETECTOR.*\[usage\.invalid\]\n$/);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { catchUp } from '../../src/jobs/index.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { type WatchedSource, watchedSource } from '../builders/watched-source.ts';
import { objectsOf, runDriftbell } from './run-driftbell.ts';

/** Ten times the usual rows for three days, reported as they came. */
describe('driftbell backtest', () => {
  let source: WatchedSource;

  beforeAll(async () => {
    source = await watchedSource({
      registeredAt: '2026-03-09T12:00',
      history: ({ fillFrom }) => fillFrom('2026-02-09', 28, ({ startMs }) => 40 + ((startMs / 86_400_000) % 3)),
    });
    source.fillFrom('2026-03-09', 3, 400);
    source.fillFrom('2026-03-12', 3, 41);
    source.at('2026-03-15T12:00');
    await catchUp(source.core.checks, source.model);
    const { stores } = source.core;
    const report = stores.reports.latest(source.model.id);
    if (report === undefined) throw new Error('the fault of this test was not reported');
    stores.votes.put({ reportId: report.id, by: 'U0VOTER01' as UserId, verdict: 'not_useful', at: source.clock.now() });
  });

  beforeEach(() => {
    vi.stubEnv('DRIFTBELL_DATABASE', source.databasePath);
    vi.stubEnv('DRIFTBELL_LOG_LEVEL', 'silent');
  });

  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => source.close());

  const backtest = (...args: string[]) => runDriftbell(['backtest', '--model', 'churn', ...args], source.clock);

  it('replays the reports that really came with the settings as they are', async () => {
    const real = source.core.stores.reports.list(source.model.id);

    const [found] = objectsOf(await backtest('--json'));

    const { reports } = (found?.now ?? {}) as { reports: { opened: string; findings: unknown[] }[] };
    expect(reports.map(({ opened }) => opened)).toEqual(real.map(({ opened }) => opened.key));
    expect(found?.changed).toEqual(found?.now);
    expect(reports[0]?.findings[0]).toMatchObject({ column: '*', statistic: 'traffic', from: '2026-03-09' });
  });

  it('says what other settings would have left, what votes said of it, and changes nothing', async () => {
    const { code, out, err } = await backtest('--days', '20', '--set', 'minimum-relative-change=100');

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^churn, 23 Feb – 14 Mar 2026, \d+ windows judged: no reports with minimum-relative-change 100, 0\.0 a month; as it is: 1 report, \d\.\d a month\.\n/,
    );
    expect(out).toContain('Of 1 report that people called not useful 0 would still come.');
    expect(source.core.stores.models.bySlug('churn')?.filters ?? {}).toEqual({});
  });

  it('answers the same in Slack', async () => {
    const { stores, clock } = source.core;
    const deps = commandDeps(stores, { clock, filterSettings: source.core.filterSettings });

    const { message } = await runCommand(deps, 'backtest churn --days 20 --minimum-severity 1.3', {
      ...{ user: 'U0OWNER01' as UserId, channel: 'C0MODELS1' },
    });

    expect(message.text).toMatch(/^churn, 23 Feb – 14 Mar 2026, .*: 1 report with minimum-severity 1\.3, /);
    expect(message.blocks[1]).toMatchObject({ type: 'list', items: [[{ text: expect.stringContaining('Traffic') }]] });
  });

  it.each([
    [['--days', '0'], /whole days from 1 to 730/],
    [['--set', 'minimum-rows'], /a whole number of at least 0 for minimum-rows, got ""/],
    [['--set', 'least-rows=3'], /a setting of the filters/],
    [['--model', 'chrun'], /model\.unknown/],
  ])('refuses %j', async (args, line) => {
    expect(await backtest(...args)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(line) });
  });
});

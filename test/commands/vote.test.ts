import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { Report } from '../../src/domain/report.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day } from '../builders/detections.ts';
import { finding, USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

let database: Database;
let report: Report;

beforeEach(() => {
  database = memoryDatabase();
  const { id: modelId } = registeredModel(database.stores, { slug: 'churn' });
  report = database.stores.reports.insert({ modelId, severity: 'high', opened: day(30), findings: [finding()] });
});

afterEach(() => database.close());

const type = async (typed: string): Promise<string> =>
  (await runCommand(commandDeps(database.stores), typed, { user: USER, channel: 'C0MODELS1' })).message.text;

describe('/drift vote', () => {
  it.each(['--fnding 3', '--Finding 3', '-finding 3'])(
    'refuses %s rather than vote on the whole report',
    async (typed) => {
      await expect(type(`vote ${report.id} real ${typed}`)).rejects.toThrow('Did you mean `--finding`');
      expect(database.stores.votes.ofReport(report.id)).toEqual([]);
    },
  );

  it('votes on one finding', async () => {
    const findingId = report.findings[0]?.id;

    await type(`vote ${report.id} real --finding ${findingId}`);

    expect(database.stores.votes.ofReport(report.id)).toMatchObject([{ findingId, verdict: 'real' }]);
  });

  it.each([
    { typed: 'vote 4', received: 'nothing in its place' },
    { typed: 'vote 4 Flase-alarm', received: '"Flase-alarm"' },
  ])('lists what may be said where $received is', async ({ typed, received }) => {
    await expect(type(typed)).rejects.toThrow(
      `Expected one of real, false-alarm, expected-once, new-normal, not-important, got ${received}. Write one of them`,
    );
  });

  it.each([
    { typed: 'false alarm', reason: 'false_alarm' },
    { typed: 'Expected once the backfill', reason: 'expected_once', word: 'the backfill' },
    { typed: '"not important"', reason: 'not_important' },
    { typed: 'new normal', reason: 'new_normal' },
    { typed: 'not-important at all', reason: 'not_important', word: 'at all' },
  ])('takes $typed for a reason', async ({ typed, reason, word }) => {
    await type(`vote ${report.id} ${typed}`);

    const [vote] = database.stores.votes.ofReport(report.id);
    expect(vote).toMatchObject({ verdict: 'not_useful', reason });
    expect(vote?.word).toBe(word);
  });

  it.each([
    { typed: 'vote', received: 'nothing in its place' },
    { typed: 'vote churn real', received: '"churn"' },
  ])('says where the number of a report is where $received is', async ({ typed, received }) => {
    await expect(type(typed)).rejects.toThrow(
      `Expected a number such as 12, got ${received}. Take the one at the foot of the report`,
    );
  });

  it('says of a finding of no report, or of another, where the numbers are, and votes on nothing', async () => {
    const { stores } = database;
    const { modelId } = report;
    stores.reports.move(report.id, ['firing'], { state: 'resolved', at: day(31).endMs, window: day(31) });
    const other = stores.reports.insert({ modelId, severity: 'high', opened: day(40), findings: [finding()] });

    for (const number of [99_999, other.findings[0]?.id]) {
      await expect(type(`vote ${report.id} real --finding ${number}`)).rejects.toThrow(
        `Expected a finding of report ${report.id}, got finding ${number}, which is none of it. Press “All findings” under`,
      );
    }
    await expect(type(`vote ${report.id} real --finding age`)).rejects.toThrow('got "age". Press “All findings” under');
    expect([report, other].flatMap(({ id }) => stores.votes.ofReport(id))).toEqual([]);
  });
});

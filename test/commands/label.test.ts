import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { Model } from '../../src/domain/model.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day } from '../builders/detections.ts';
import { USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

let database: Database;
let churn: Model;

beforeEach(() => {
  database = memoryDatabase();
  churn = registeredModel(database.stores, { slug: 'churn', zone: 'UTC' });
  const traffic = { segment: '', column: '*', role: 'traffic', rows: 9, problems: [] } as const;
  for (const window of [day(0), day(1), day(2)]) {
    database.stores.statistics.replaceWindows(churn.id, [window], [{ ...traffic, window, statistics: { traffic: 9 } }]);
  }
});

afterEach(() => database.close());

const type = async (typed: string): Promise<string> =>
  (await runCommand(commandDeps(database.stores), typed, { user: USER, channel: 'C0MODELS1' })).message.text;
const labels = () => database.stores.labels.of(churn.id);

describe('/drift label', () => {
  it.each(['--healthy', '—healthy', '–healthy'])('says with %s that nothing was wrong', async (flag) => {
    expect(await type(`label churn age ${day(1).key} ${flag}`)).toMatch(/^Noted: nothing was wrong with age of churn,/);
    expect(new Set(labels().map(({ verdict }) => verdict))).toEqual(new Set(['not_useful']));
  });

  it.each(['--healty', '--Healthy', '—Healthy', '-healthy', '--heathly now'])(
    'refuses %s, which would say the opposite as a word',
    async (flag) => {
      await expect(type(`label churn age ${day(1).key} ${flag}`)).rejects.toThrow(/Did you mean `--healthy`/);
      expect(labels()).toEqual([]);
    },
  );

  it.each(['--healthy=no', 'healthy=no', '—healthy=false'])('refuses a value in %s', async (flag) => {
    await expect(type(`label churn age ${day(1).key} ${flag}`)).rejects.toThrow('Expected --healthy without a value');
    expect(labels()).toEqual([]);
  });

  it('names its options for one that is like none of them', async () => {
    await expect(type(`label churn age ${day(1).key} --because x`)).rejects.toThrow(
      'got the option --because. Leave it out; the options are `--statistic`, `--healthy`',
    );
  });

  it('keeps a word that begins with a dash, in quotation marks', async () => {
    await type(`label churn age ${day(1).key} "--healty is no option" -5% - twice`);

    expect(labels()[0]).toMatchObject({ verdict: 'real', word: '--healty is no option -5% - twice' });
  });

  it.each([
    { words: '2025-01-01', of: 'Wed 1 Jan 2025' },
    { words: '2025-01-01 2025-01-03', of: '1–3 Jan 2025' },
    { words: day(3).key, of: 'Sun 4 Jan 2026' },
  ])('says of $words, of which there is no window, which ones there are, and notes nothing', async ({ words, of }) => {
    expect(await type(`label churn age ${words}`)).toBe(
      `Nothing is noted: churn has no window of ${of}: those that it has are from Thu 1 Jan 2026 to Sat 3 Jan 2026.`,
    );
    expect(labels()).toEqual([]);
  });

  it('notes a span of which there are some windows', async () => {
    expect(await type(`label churn age 2025-12-01 ${day(0).key}`)).toMatch(
      /^Noted: something was wrong .* None of its/,
    );
  });

  it('names the columns for one that there is not, the traffic among them', async () => {
    await expect(type(`label churn nope ${day(1).key}`)).rejects.toThrow(
      'Expected a watched column of churn, got "nope". Choose one of traffic, age, plan, score.',
    );
  });

  it('names the statistics of the column for one that it has not', async () => {
    await expect(type(`label churn traffic ${day(1).key} --statistic banana`)).rejects.toThrow(
      'Expected a statistic of traffic that is watched, got "banana". Choose one of traffic, ',
    );
  });
});

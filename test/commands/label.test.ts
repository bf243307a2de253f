import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandDeps, runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import { contextNames } from '../../src/domain/correction.ts';
import type { Model } from '../../src/domain/model.ts';
import type { SeeDetections } from '../../src/feedback/index.ts';
import { formatText } from '../../src/messages/format-text.ts';
import { accessOf } from '../builders/access.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';
import { seen } from '../builders/labels.ts';
import { NOW, USER } from '../builders/reports.ts';
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
const shown = async (typed: string): Promise<string> =>
  formatText((await runCommand(commandDeps(database.stores), typed, { user: USER, channel: 'C0MODELS1' })).message);
const labels = () => database.stores.labels.of(churn.id);
const standing = () => labels().filter(({ takenBackAt }) => takenBackAt === undefined);

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

  it('leaves out what was injected on purpose, as a vote does, and says of how many windows', async () => {
    const { stores } = database;
    for (const detection of detectionsOf([0, 5, 5])) {
      stores.detections.replaceWindow(churn.id, detection.window, [detection], 'paper-1');
    }
    const { startMs, endMs } = day(1);
    stores.events.put({ modelId: churn.id, kind: 'injected', text: 'a drill', startMs, endMs });
    const see: SeeDetections = (_, detections) => detections.map(() => seen(2));
    const deps = commandDeps(stores, { learning: { see } as NonNullable<CommandDeps['learning']> });
    const say = async (words: string) =>
      (await runCommand(deps, `label churn age ${words}`, { user: USER, channel: 'C0MODELS1' })).message.text;
    const learnt = () => labels().flatMap(({ windows }) => windows.map(({ window }) => window.key));

    expect(await say(day(1).key)).toContain(
      '1 window outside the band was injected on purpose, so nothing is learned from what you said; it is kept for the record.',
    );
    expect(learnt()).toEqual([]);
    expect(await say(`${day(1).key} ${day(2).key}`)).toContain(
      '1 window outside the band of mean is learned from tonight. 1 window outside the band was injected on purpose and left out.',
    );
    expect(learnt()).toEqual([day(2).key]);
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

describe('/drift labels', () => {
  it('lists what was said in one go as one, the newest first, with who said it', async () => {
    await type(`label churn age ${day(1).key} ${day(2).key} "unit changed"`);
    await type(`label churn traffic ${day(1).key} --healthy`);

    expect(await type('labels churn')).toBe(
      'What people said of churn by hand: #4 traffic: nothing was wrong, Fri 2 Jan 2026; nothing to learn from; #1 age mean, age coverage, age missing rate: something was wrong, 2–3 Jan 2026: unit changed; nothing to learn from',
    );
    expect(await shown('labels churn')).toContain(`(by @${USER})`);
  });

  it('says of how many windows somebody said something later', async () => {
    const seen = { evidence: 1, context: contextNames.map(() => 0) };
    const said = { series: seriesKey(), by: USER, verdict: 'real' } as const;
    const windows = [day(0), day(1), day(2)].map((window) => ({ window, isAbove: true, seen }));
    const span = { fromMs: day(0).startMs, toMs: day(2).endMs };
    database.stores.labels.put(churn.id, { ...said, ...span, windows, at: NOW });
    await type(`label churn age ${day(1).key} --healthy --statistic mean`);

    expect(await type('labels churn')).toBe(
      'What people said of churn by hand: #2 age mean: nothing was wrong, Fri 2 Jan 2026; nothing to learn from; #1 age mean: something was wrong, 1–3 Jan 2026; 2 windows to learn from, 1 said anew since',
    );
  });

  it('says that nobody has said anything', async () => {
    expect(await type('labels churn')).toBe(
      'Nobody has said anything of churn by hand: “/drift label” names what was missed.',
    );
  });

  it('takes all of one go back under the number that the answer to the label names, and writes who did', async () => {
    const said = await type(`label churn age ${day(1).key}`);
    const [, number = ''] = /“\/drift labels churn undo (\d+)” takes it back\.$/.exec(said) ?? [];
    expect(standing().length).toBeGreaterThan(1);

    expect(await type(`labels churn undo ${number}`)).toMatch(/^Taken back: #1 age mean.*: something was wrong, /);

    expect(standing()).toEqual([]);
    expect(database.stores.audit.of('model:churn')).toMatchObject([
      { action: 'label.say' },
      { action: 'label.undo', by: USER, facts: { label: 1, whose: USER, verdict: 'real' } },
    ]);
    expect(await type(`labels churn undo ${number}`)).toMatch(/^There is no label #1 of churn to take back/);
  });

  it('holds again once it is said again', async () => {
    await type(`label churn age ${day(1).key}`);
    await type('labels churn undo 1');
    await type(`label churn age ${day(1).key} --healthy`);

    expect(new Set(standing().map(({ verdict }) => verdict))).toEqual(new Set(['not_useful']));
  });

  it('takes back nothing of another model, and nothing for who may only look', async () => {
    registeredModel(database.stores, { slug: 'fraud' });
    await type(`label churn age ${day(1).key}`);
    const viewer = commandDeps(database.stores, { access: accessOf('viewer') });

    expect(await type('labels fraud undo 1')).toMatch(/^There is no label #1 of fraud/);
    await expect(runCommand(viewer, 'labels churn undo 1', { user: USER, channel: 'C0MODELS1' })).rejects.toMatchObject(
      { code: 'access.denied' },
    );
    expect(standing()).toEqual(labels());
  });

  it.each(['undo', 'undo x', 'undo 0', 'drop 1'])('refuses %s', async (words) => {
    await expect(type(`labels churn ${words}`)).rejects.toMatchObject({ code: 'usage.invalid' });
  });
});

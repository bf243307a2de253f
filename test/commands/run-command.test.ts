import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineCommand } from '../../commands/command.ts';
import { type Command, commands } from '../../commands/index.ts';
import { runTyped } from '../../commands/run-command.ts';
import type { Database } from '../../src/db/index.ts';
import type { Model } from '../../src/domain/model.ts';
import type { Report } from '../../src/domain/report.ts';
import { roles } from '../../src/domain/role.ts';
import { plainMessage } from '../../src/messages/message.ts';
import type { Standing } from '../../src/ports/access.ts';
import { accessOf } from '../builders/access.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day } from '../builders/detections.ts';
import { finding, USER } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';

let database: Database;
let churn: Model;

const row = { usage: 'say', summary: 'Says what it was given.', examples: ['say'], role: 'viewer' } as const;
const say = defineCommand<string>({
  ...row,
  name: 'say',
  aliases: ['speak up'],
  about: 'model',
  parse: ({ words }) => words.join(' '),
  run: (_deps, said) => plainMessage(said),
});
const toil = defineCommand<undefined>({
  ...row,
  name: 'toil',
  about: 'driftbell',
  isLong: true,
  parse: () => undefined,
  run: (_deps, _input, { progress }) => {
    progress(3, 90, 'replaying');
    return plainMessage('done');
  },
});

beforeEach(() => {
  database = memoryDatabase();
  churn = registeredModel(database.stores, { slug: 'churn' });
  registeredModel(database.stores, { slug: 'agency' });
  registeredModel(database.stores, { slug: 'flight-delay' });
  registeredModel(database.stores, { slug: 'flight-price' });
});

afterEach(() => database.close());

interface Given {
  readonly report?: Report;
  readonly role?: (typeof roles)[number] | undefined;
  readonly standing?: Standing;
}

function run(typed: string, given: Given = { role: 'admin' }) {
  const deps = commandDeps(database.stores, { access: accessOf(given.role, given.standing) });
  const shown: { text: string; isShared: boolean }[] = [];
  const caller = { user: USER, channel: 'C0MODELS1', ...(given.report && { report: given.report }) };
  const meanwhile = async ({ text }: { text: string }, isShared: boolean) => void shown.push({ text, isShared });
  const table: readonly Command[] = [say, toil, ...commands];
  return runTyped(table, deps, { typed, caller, meanwhile }).then((outcome) => ({ ...outcome, shown }));
}

describe('a model in a command', () => {
  it.each([
    ['say churn loudly', 'churn loudly'],
    ['SAY Churn loudly', 'churn loudly'],
    ['say ch loudly', 'churn loudly'],
    ['speak up ch', 'churn'],
    ['say flight- x', 'flight- x'],
    ['say nothing', 'nothing'],
  ])('of %s is taken as %s', async (typed, said) => {
    expect((await run(typed)).message.text).toBe(said);
  });

  it('may be left out in the thread of a report, where a beginning may be a column', async () => {
    const { stores } = database;
    const report = stores.reports.insert({
      modelId: churn.id,
      severity: 'high',
      opened: day(30),
      findings: [finding()],
    });
    const inThread = async (typed: string) => (await run(typed, { report, role: 'admin' })).message.text;

    expect(await inThread('say')).toBe('churn');
    expect(await inThread('say age 7d')).toBe('churn age 7d');
    expect(await inThread('say agency 7d')).toBe('agency 7d');
  });
});

describe('what a command shows', () => {
  it('is for the person alone, unless it is shared', async () => {
    expect(await run('say churn')).toMatchObject({ isShared: false, shown: [] });
    expect(await run('say churn --share loudly')).toMatchObject({
      isShared: true,
      message: { text: 'churn loudly' },
    });
  });

  it('begins at once and tells how far it is, where the work is long', async () => {
    expect(await run('toil --share')).toMatchObject({
      message: { text: 'done' },
      shown: [
        { text: 'Working on “/drift toil” …', isShared: true },
        { text: 'Working on “/drift toil” … replaying, 3 of 90', isShared: true },
      ],
    });
  });
});

describe('--help', () => {
  it.each(['', 'churn', 'churn 4h', 'nosuch --share'])(
    'after a command and “%s” shows its help and runs nothing',
    async (rest) => {
      const { message } = await run('help mute');

      expect(await run(`mute ${rest} --help`, { role: 'viewer' })).toMatchObject({
        message,
        isShared: rest.includes('share'),
      });
      expect(database.stores.mutes.inForce(churn.id, fakeClock().now() + 1)).toEqual([]);
    },
  );

  it.each(commands.map(({ name }) => name))('is understood by %s', async (name) => {
    expect((await run(`${name} --help`)).message).toEqual((await run(`help ${name}`)).message);
  });

  it.each(['--help', '—help'])('alone (%s) shows all commands', async (typed) => {
    expect((await run(typed)).message).toEqual((await run('help')).message);
  });
});

describe('the role that a command needs', () => {
  it.each([
    {
      typed: 'mute churn 4h',
      role: 'viewer' as const,
      words: 'the role responder for churn, got yours, which is viewer',
    },
    { typed: 'list', role: undefined, words: 'the role viewer, got a person who has no role in Driftbell' },
  ])('is asked for before $typed is run by a $role, and the denial is kept', async ({ typed, role, words }) => {
    await expect(run(typed, { role })).rejects.toThrow(words);

    const subject = typed === 'list' ? 'driftbell' : 'model:churn';
    const [denial] = database.stores.audit.of(subject).filter(({ action }) => action === 'access.denied');
    expect(denial).toMatchObject({
      by: USER,
      facts: { wanted: `/drift ${typed.split(' ')[0]}`, role: role ?? 'none' },
    });
    expect(database.stores.mutes.active(churn.id, fakeClock().now() + 1)).toBeUndefined();
  });

  it('is none for people of other organisations, who are told so and whom to ask', async () => {
    const typed = run('list', { standing: 'outsider' });

    await expect(typed).rejects.toThrow(
      'Expected a member of this Slack workspace, got somebody from outside, and people of other organisations are refused. Ask a member of this channel',
    );
  });

  it('is none where Slack does not say who it is, and that is said', async () => {
    await expect(run('list', { standing: 'unknown' })).rejects.toThrow(
      'Expected Slack to say who you are, got no answer from it, so that you count as nobody. Try again in a minute',
    );
  });

  it('lets those with the role and those above do it', async () => {
    for (const role of roles.filter((one) => one !== 'viewer')) {
      expect((await run('mute churn 4h', { role })).message.text).toContain('muted until');
    }
  });
});

describe('bad input', () => {
  it.each([
    ['muet churn 4h', 'Did you mean `/drift mute`'],
    ['x'.repeat(200_000), 'See them with `/drift help`'],
    [`mute churn 4h ${'x'.repeat(200_000)}`, 'at most 4000 characters'],
    ['mute chrn 4h', 'Did you mean `churn`'],
    ['mute churn “until', 'a second quotation mark'],
  ])('is answered with what to do', async (typed, words) => {
    await expect(run(typed)).rejects.toThrow(words);
  });
});

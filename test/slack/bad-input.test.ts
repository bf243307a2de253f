import { afterEach, describe, expect, it } from 'vitest';
import { plainMessage } from '../../src/messages/message.ts';
import type { CommandInput } from '../../src/slack/index.ts';
import { ANNA, type BenchOptions, type SlackBench, startBench, until } from './slack-bench.ts';

let bench: SlackBench | undefined;

async function start(options: BenchOptions = {}): Promise<SlackBench> {
  bench = await startBench(options);
  return bench;
}

afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const openForm = async ({ openForm: open }: CommandInput) => {
  await open?.({});
  return { message: { text: '', blocks: [] }, visibility: 'ephemeral' as const };
};

describe('what goes wrong in Slack is said kindly', () => {
  it('when a dialog comes too late', async () => {
    const { workspace, channel } = await start({ answers: { run: openForm } });
    workspace.inject({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });

    await workspace.issueCommand({ user: ANNA, channel, text: '/drift register' });

    const answer = await until(() => workspace.state.ephemerals(channel)[0], 'an answer');
    expect(answer.text).toContain('expired_trigger_id');
    expect(answer.text).toMatch(/again/);
  });

  it('and a dialog that opens is all there is to see', async () => {
    const { workspace, channel } = await start({ answers: { run: openForm } });

    await workspace.issueCommand({ user: ANNA, channel, text: '/drift register' });

    await until(() => workspace.state.views(ANNA)[0], 'a dialog');
    expect(workspace.state.ephemerals(channel)).toEqual([]);
  });

  it('when the channel is archived, or the bot is not in it', async () => {
    const { workspace, chat, channel } = await start();
    expect(await chat.postable('#alerts')).toBe(channel);

    workspace.kick(channel, workspace.botUserId);
    await expect(chat.postable(channel)).rejects.toThrow('one that it is not in. Type `/invite @driftbell`');

    workspace.archive(channel);
    await expect(chat.postable(channel)).rejects.toThrow('one that is archived. Name another channel');
    await expect(chat.postable('#nosuch')).rejects.toThrow('a channel that the bot can see');
  });

  it('when the token is revoked while the home tab is opened, and the bot goes on', async () => {
    const { workspace, channel, lines } = await start();
    workspace.inject({ method: 'views.publish', kind: 'error', error: 'token_revoked' });

    await workspace.openHome(ANNA);
    await until(() => lines.find(({ facts }) => String(facts.error).includes('token_revoked')), 'a line in the log');

    await workspace.issueCommand({ user: ANNA, channel, text: '/drift list' });
    await until(() => workspace.state.ephemerals(channel).find(({ text }) => text === 'you said list'), 'an answer');
  });

  it('when a button is from another version', async () => {
    const { workspace, chat, channel, doors } = await start();
    const old = { type: 'button', action: 'report.old_verb', text: 'Old', value: '7' } as const;
    const { ts } = await chat.post({ text: 'old', blocks: [{ type: 'actions', actions: [old] }] }, { channel });

    await workspace.press({ user: ANNA, channel, ts, actionId: 'report.old_verb' });

    const answer = await until(() => workspace.state.ephemerals(channel)[0], 'an answer');
    expect(answer.text).toBe('This button is from another version of Driftbell and does nothing any more.');
    expect(doors.calls).toEqual([]);
  });

  it('when two hundred thousand characters are typed', async () => {
    const { workspace, doors, channel } = await start();

    const outcome = await workspace.issueCommand({ user: ANNA, channel, text: `/drift mute ${'x'.repeat(200_000)}` });

    expect(outcome.ok).toBe(true);
    await until(() => doors.calls[0], 'the command');
  });
});

describe('a dialog', () => {
  it('that is confirmed by a verb that fails says why in its place', async () => {
    const { workspace, channel } = await start({
      answers: {
        run: openForm,
        forms: {
          begin: async () => ({ subject: { kind: 'register' }, values: {} }),
          check: async () => {
            throw new Error('the disk is full');
          },
          preview: async () => undefined,
          confirm: async () => plainMessage('saved'),
        },
      },
    });
    await workspace.issueCommand({ user: ANNA, channel, text: '/drift register' });
    const view = await until(() => workspace.state.views(ANNA)[0], 'a dialog');
    const value = (text: string) => ({ 'input.value': text });

    const outcome = await workspace.submitView({
      user: ANNA,
      viewId: view.id,
      values: {
        'field:slug': value('churn'),
        'field:owners': { 'input.value': [ANNA] },
        'field:channel': value(channel),
        'field:location': value('/x.csv'),
        'field:timeColumn': value('at'),
        'field:zone': value('UTC'),
      },
    });

    expect(outcome.ok).toBe(true);
    const shown = JSON.stringify(workspace.state.views(ANNA).at(-1)?.blocks);
    expect(shown).toMatch(/Something broke here; reference [0-9a-f]{8}/);
    expect(shown).not.toContain('the disk is full');
  });
});

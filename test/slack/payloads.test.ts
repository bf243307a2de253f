import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AppMention,
  BlockActions,
  Envelope,
  HomeOpened,
  parsePayload,
  pressedThread,
  pressedValue,
  SlashCommand,
} from '../../src/slack/payloads.ts';

const press = { user: { id: 'U0ANNA' }, actions: [{ action_id: 'report.mute', action_ts: '1.1' }] };

describe('payloads', () => {
  it('are read for the fields that are used, whatever else they hold', () => {
    const command = {
      command: '/drift',
      user_id: 'U0ANNA',
      channel_id: 'C0ALERTS',
      team_id: 'T0HOME',
      trigger_id: '1.2',
      is_enterprise_install: 'false',
    };

    expect(parsePayload(SlashCommand, command)).toMatchObject({ text: '', user_id: 'U0ANNA' });
  });

  it.each([
    ['a button', { value: '7' }, '7'],
    ['a menu', { selected_option: { value: '4h:7' } }, '4h:7'],
    ['a menu without a choice', { selected_option: null }, ''],
  ])('say what was chosen with %s', (_what, fields, expected) => {
    const [action] = press.actions;

    expect(pressedValue(parsePayload(BlockActions, { ...press, actions: [{ ...action, ...fields }] }))).toBe(expected);
  });

  it.each([
    ['a reply', { ts: '2.2', thread_ts: '1.1' }, '1.1'],
    ['a parent with replies', { ts: '1.1', thread_ts: '1.1' }, undefined],
    ['a message without', { ts: '1.1' }, undefined],
    ['no message, as from an ephemeral one', undefined, undefined],
  ])('tell the thread of %s', (_what, message, expected) => {
    expect(pressedThread(parsePayload(BlockActions, { ...press, message }))).toBe(expected);
  });

  it('of any form give an envelope, and of a wrong one an error of ours', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('user', 'actions', 'view', 'event', 'team', 'type', 'x'), fc.anything()),
        (body) => {
          expect(() => parsePayload(Envelope, body)).not.toThrow();
          for (const schema of [SlashCommand, AppMention, HomeOpened]) {
            expect(() => parsePayload(schema, body)).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
          }
        },
      ),
    );
  });
});

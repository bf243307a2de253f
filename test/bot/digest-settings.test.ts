import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDigestForms } from '../../commands/index.ts';
import { postDigest } from '../../src/alerting/index.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { LOCAL_CHANNEL, type LocalBot, startLocalBot } from '../../src/local-bot.ts';
import { type Core, createCore } from '../../src/main.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import type { ViewValues } from '../../src/workspace/index.ts';
import { accessOf } from '../builders/access.ts';
import { registeredModel } from '../builders/stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';
import { until } from './until.ts';

const OWNER = 'U0OWNER' as UserId;
const RESPONDER = 'U0RESPONDER' as UserId;
const clock = createSystemClock();
const logger = silentLogger();
const folder = mkdtempSync(join(tmpdir(), 'driftbell-digest-'));
let core: Core;
let local: LocalBot;
let channel: string;

beforeAll(async () => {
  core = await createCore({ databasePath: join(folder, 'bot.sqlite'), memoryLimit: '1GB', clock, logger });
  local = await startLocalBot(core, { port: 0, digestSchedule: '0 9 * * 1' });
  channel = local.workspace.state.channelNamed(LOCAL_CHANNEL)?.id ?? '';
  registeredModel(core.stores, { owners: [OWNER], channel, zone: 'Europe/Berlin' }, clock.now());
});

beforeEach(async () => {
  const { workspace } = local;
  for (const { id } of workspace.state.views(OWNER)) await workspace.closeView({ user: OWNER, viewId: id });
});

afterAll(async () => {
  await local?.stop();
  await core?.close();
  rmSync(folder, { recursive: true, force: true });
});

const plan = () => core.stores.digestPlans.of(channel);
const home = (user: string) => JSON.stringify(local.workspace.state.home(user)?.blocks ?? []);

async function openDialog() {
  const { workspace } = local;
  await workspace.openHome(OWNER);
  await until(() => home(OWNER).includes('home.digest'), 'the button');
  const viewId = workspace.state.home(OWNER)?.id ?? '';
  await workspace.press({ user: OWNER, viewId, actionId: 'home.digest' });
  return until(() => workspace.state.views(OWNER).at(-1), 'the dialog');
}

function submit(viewId: string, values: ViewValues) {
  return local.workspace.submitView({ user: OWNER, viewId, values });
}

const input = (name: string, value: string | readonly string[]) => ({ [`field:${name}`]: { 'input.value': value } });
const fridays = () => ({
  ...input('isOn', ['on']),
  ...input('weekday', '5'),
  ...input('at', '16:30'),
  ...input('to', channel),
});

describe('the weekly digest in the home tab', () => {
  it('shows what holds, is changed in a dialog, due at once at its new time, and kept in the audit', async () => {
    const { id, blocks } = await openDialog();
    expect(JSON.stringify(blocks)).toContain('"initial_time":"09:00"');

    expect(await submit(id, fridays())).toMatchObject({ ok: true });

    await until(() => home(OWNER).includes('Fridays at 16:30'), 'the new tab');
    expect(plan()).toEqual({ isOn: true, weekday: 5, at: '16:30', to: channel, revision: 1 });
    const next = local.bot.schedule.next().find(({ name }) => name === `digest ${channel}`)?.at ?? 0;
    expect(new Date(next).getUTCDay()).toBe(5);
    expect(core.stores.audit.of(`channel:${channel}`)).toMatchObject([
      { action: 'digest.edit', by: OWNER, facts: { from: { weekday: 1, at: '09:00' }, to: { weekday: 5 } } },
    ]);
  });

  it('is turned off, and none is posted then', async () => {
    const { id } = await openDialog();

    await submit(id, { ...fridays(), ...input('isOn', []) });

    await until(() => home(OWNER).includes(': off'), 'the new tab');
    expect(plan()).toMatchObject({ isOn: false, weekday: 5 });
    expect(local.bot.schedule.next().map(({ name }) => name)).not.toContain(`digest ${channel}`);
    expect(postDigest({ stores: core.stores, clock }, channel)).toBe(false);
  });

  it('says at its field what is missing, and saves nothing', async () => {
    const before = plan();
    const { id } = await openDialog();

    const outcome = await submit(id, { ...fridays(), ...input('at', '') });

    expect(JSON.stringify(outcome)).toContain('Expected a time such as 09:00.');
    expect(plan()).toEqual(before);
  });

  it('is refused to whoever owns none of the models when it opens and when it is saved, and for a dialog that is old', async () => {
    const { stores } = core;
    const given = {
      stores,
      clock,
      digestSchedule: undefined,
      postable: async (id: string) => id,
      onChange: () => undefined,
    };
    const values = { isOn: true, weekday: '1', at: '09:00', to: channel };
    const forms = createDigestForms({ ...given, access: accessOf('responder') });
    const denied = { code: 'access.denied' };

    await expect(forms.beginDigest({ user: RESPONDER, channel })).rejects.toMatchObject(denied);
    const subject = { channel, revision: plan()?.revision ?? 0 };
    await expect(forms.saveDigest({ user: RESPONDER, subject, values })).rejects.toMatchObject(denied);
    expect(stores.audit.newest(1)).toMatchObject([{ action: 'access.denied', by: RESPONDER }]);

    const owners = createDigestForms({ ...given, access: accessOf('owner') });
    const old = { channel, revision: subject.revision + 7 };
    await expect(owners.saveDigest({ user: OWNER, subject: old, values })).rejects.toMatchObject({
      code: 'model.conflict',
    });
    await expect(owners.beginDigest({ user: OWNER, channel: 'C0NOBODY1' })).rejects.toMatchObject({
      code: 'model.unknown',
    });
  });

  it('says at its field that the bot is not in the channel any more', async () => {
    const { workspace } = local;
    const { id } = await openDialog();
    workspace.kick(channel, workspace.botUserId);

    const outcome = await submit(id, fridays());

    expect(JSON.stringify(outcome)).toContain('Type /invite @driftbell in it, and try again.');
    expect(plan()).toMatchObject({ isOn: false });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createQuietHoursForms } from '../../commands/index.ts';
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
const folder = mkdtempSync(join(tmpdir(), 'driftbell-quiet-'));
let core: Core;
let local: LocalBot;

beforeAll(async () => {
  core = await createCore({ databasePath: join(folder, 'bot.sqlite'), memoryLimit: '1GB', clock, logger });
  local = await startLocalBot(core, { port: 0 });
  const channel = local.workspace.state.channelNamed(LOCAL_CHANNEL)?.id ?? '';
  registeredModel(core.stores, { owners: [OWNER], channel, zone: 'Europe/Berlin' }, clock.now());
});

afterAll(async () => {
  await local?.stop();
  await core?.close();
  rmSync(folder, { recursive: true, force: true });
});

const churn = () => core.stores.models.bySlug('churn');
const home = (user: string) => JSON.stringify(local.workspace.state.home(user)?.blocks ?? []);

async function openDialog() {
  const { workspace } = local;
  await workspace.openHome(OWNER);
  await until(() => home(OWNER).includes('home.quiet_hours'), 'the button');
  await workspace.press({
    ...{ user: OWNER, viewId: workspace.state.home(OWNER)?.id ?? '', actionId: 'home.quiet_hours' },
  });
  return until(() => workspace.state.views(OWNER).at(-1), 'the dialog');
}

async function submit(values: ViewValues) {
  const dialog = await openDialog();
  return local.workspace.submitView({ user: OWNER, viewId: dialog.id, values });
}

const input = (name: string, value: string | readonly string[]) => ({ [`field:${name}`]: { 'input.value': value } });

describe('quiet hours in the home tab', () => {
  it('are set in a dialog, shown, kept in the audit, and taken back', async () => {
    const outcome = await submit({
      ...input('from', '22:00'),
      ...input('to', '07:00'),
      ...input('weekends', ['weekends']),
      ...input('unless', 'high'),
    });

    expect(outcome).toMatchObject({ ok: true });
    await until(() => home(OWNER).includes('quiet 22:00-07:00 and on weekends'), 'the new tab');
    expect(home(OWNER)).toContain('except for high and worse reports');
    expect(churn()?.quietHours).toEqual({ night: { from: '22:00', to: '07:00' }, weekends: true, unless: 'high' });
    expect(core.stores.audit.of('model:churn').at(-1)).toMatchObject({ action: 'model.edit', by: OWNER });

    const { workspace } = local;
    for (const { id } of workspace.state.views(OWNER)) await workspace.closeView({ user: OWNER, viewId: id });
    await submit({ ...input('from', ''), ...input('to', ''), ...input('weekends', []) });
    await until(() => churn()?.quietHours === undefined, 'their end');
    await until(() => !home(OWNER).includes('quiet 22:00'), 'the tab without them');
  });

  it('say at its field what is missing', async () => {
    const { workspace } = local;
    for (const { id } of workspace.state.views(OWNER)) await workspace.closeView({ user: OWNER, viewId: id });

    const outcome = await submit({ ...input('from', '22:00'), ...input('to', '') });

    expect(JSON.stringify(outcome)).toContain('Expected both times, or neither.');
    expect(churn()?.quietHours).toBeUndefined();
  });

  it('are for those who may change the model: no button, and a denial that is kept', async () => {
    await local.workspace.openHome(RESPONDER);
    await until(() => home(RESPONDER).includes('churn'), 'the tab');
    expect(home(RESPONDER)).not.toContain('home.quiet_hours');

    const model = churn();
    if (model === undefined) throw new Error('expected churn');
    const { stores } = core;
    const edit = () => Promise.reject(new Error('edited all the same'));
    const forms = createQuietHoursForms({ stores, clock, access: accessOf('responder'), edit });
    const subject = { kind: 'edit', modelId: model.id, revision: model.revision, slug: 'churn' } as const;
    const values = { from: '22:00', to: '07:00', weekends: false, unless: 'critical' };
    await expect(forms.beginQuietHours({ user: RESPONDER, modelId: model.id })).rejects.toMatchObject({
      code: 'access.denied',
    });
    await expect(forms.saveQuietHours({ user: RESPONDER, subject, values })).rejects.toMatchObject({
      code: 'access.denied',
    });
    expect(stores.audit.newest(1)).toMatchObject([{ action: 'access.denied', by: RESPONDER }]);

    const owners = createQuietHoursForms({ stores, clock, access: accessOf('owner'), edit });
    await expect(
      owners.saveQuietHours({ user: OWNER, subject: { ...subject, revision: subject.revision + 1 }, values }),
    ).rejects.toMatchObject({ code: 'model.conflict' });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { LandingState } from '../../src/domain/landing.ts';
import { CHANGE_RATIO, type Mute } from '../../src/domain/mute.ts';
import { parseWindow } from '../../src/domain/window.ts';
import { plainMessage } from '../../src/messages/message.ts';
import { accessOf } from '../builders/access.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day } from '../builders/detections.ts';
import { NOW, USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

let database: Database;

beforeEach(() => {
  database = memoryDatabase();
});

afterEach(() => database.close());

const type = async (text: string) => {
  const deps = commandDeps(database.stores, { access: accessOf('viewer') });
  return (await runCommand(deps, text, { user: USER, channel: 'C0MODELS1' })).message;
};

describe('/drift status of the rows', () => {
  const look = (place: number, state: LandingState, text: string) => ({
    ...{ window: day(place), state, text, atMs: NOW, rows: 0, sameSinceMs: NOW },
  });

  it('says whether the newest window has landed, and which are late', async () => {
    const model = registeredModel(database.stores, { labelColumn: 'label' });
    database.stores.looks.put(model.id, [
      look(27, 'late', 'nothing since noon'),
      look(28, 'landed', '9 rows'),
      look(29, 'late', 'nothing since noon'),
    ]);

    const { text } = await type('status churn');

    expect(text).toContain(
      'newest window Fri 30 Jan 2026, late: nothing since noon (looked at 1 Feb 2026, 09:00 UTC); late Wed 28 Jan 2026, Fri',
    );
    expect(text).toContain('late labels not looked for yet');
  });

  it('says when labels were looked for the last time', async () => {
    const model = registeredModel(database.stores, { labelColumn: 'label' });
    const id = database.stores.runs.begin({ job: 'late labels', modelId: model.id, at: NOW, leaseMs: 1 });
    if (id !== undefined) database.stores.runs.end(id, 'ok', NOW, { looked: 30, touched: 2 });

    const { text } = await type('status churn');

    expect(text).toContain('newest window none looked at within two weeks');
    expect(text).toContain('late labels ok, 1 Feb 2026, 09:00 UTC: of 30 windows 2 computed again');
  });
});

describe('/drift status of the holidays', () => {
  it('names the next one that is declared, and says nothing without any', async () => {
    const model = registeredModel(database.stores);
    const without = await type('status churn');
    const holiday = (key: string, text: string) => ({ ...parseWindow(key, model.zone, 'day'), text });
    for (const { startMs, endMs, text } of [
      holiday('2026-05-25', 'Memorial Day (US)'),
      holiday('2026-02-16', 'Washington’s Birthday (US)'),
    ]) {
      database.stores.events.put({ modelId: model.id, startMs, endMs, text, kind: 'holiday' });
    }

    const { text } = await type('status churn');

    expect(text).toContain('next holiday Washington’s Birthday (US), Mon 16 Feb 2026');
    expect(without.text).not.toContain('holiday');
  });
});

describe('/drift status of mutes', () => {
  const muted = (modelId: ReturnType<typeof registeredModel>['id'], part: Partial<Mute>) =>
    database.stores.mutes.put({ modelId, by: USER, startMs: NOW, untilMs: NOW + 86_400_000, ...part });

  it('names muted columns with their ends beside the mute of the whole model', async () => {
    const { id } = registeredModel(database.stores);
    expect((await type('status churn')).text).toContain('mute not muted');

    muted(id, { scope: { column: 'age' }, reason: 'backfill' });
    expect((await type('status churn')).text).toContain('mute age until 2 Feb 2026, 09:00 UTC (backfill)');

    muted(id, { untilMs: NOW + 2 * 86_400_000 });
    muted(id, { scope: { column: 'plan' }, untilChange: { ratio: CHANGE_RATIO, levels: [] } });
    expect((await type('status churn')).text).toContain(
      'mute age until 2 Feb 2026, 09:00 UTC (backfill); until 3 Feb 2026, 09:00 UTC; plan until it changes, at most until 2 Feb 2026, 09:00 UTC',
    );
  });

  it('says that nothing is muted once the mutes have ended', async () => {
    const { id } = registeredModel(database.stores);
    muted(id, { scope: { column: 'age' }, startMs: NOW - 2_000, untilMs: NOW - 1_000 });

    expect((await type('status churn')).text).toContain('mute not muted');
  });
});

describe('/drift status of the delivery', () => {
  it('says what Slack refused of its messages and how to name another channel, and nothing where all went out', async () => {
    const model = registeredModel(database.stores);
    const { outbox } = database.stores;
    outbox.add({ key: 'k', kind: 'channel', channel: model.channel, message: plainMessage('a digest'), at: NOW });
    const waiting = await type('status churn');
    outbox.retry('k', { notBefore: NOW, error: 'Slack said not_in_channel. Invite the bot.', isSure: true });

    expect((await type('status churn')).text).toContain(
      'not delivered 1 message to C0MODELS1 (churn), tried 1 time: Slack said not_in_channel. Invite the bot. Another channel: “/drift edit churn --channel #other”',
    );
    expect(waiting.text).not.toContain('not delivered');

    outbox.fail('k', NOW, 'Slack said is_archived. Unarchive it.');
    const givenUp = await type('status churn');
    expect(givenUp.text).toContain(
      'not delivered 1 message to C0MODELS1 (churn), given up after 2 tries: Slack said is_archived. Unarchive it;',
    );
    expect(givenUp.text).not.toContain('Another channel');
  });
});

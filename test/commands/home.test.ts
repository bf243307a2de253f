import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HomeDeps, homeOf } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { formatText } from '../../src/messages/format-text.ts';
import { formatMessage } from '../../src/slack/index.ts';
import { accessOf } from '../builders/access.ts';
import { day } from '../builders/detections.ts';
import { finding, NOW, USER } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';

const BEN = 'U0BEN' as UserId;

let database: Database;
let deps: HomeDeps;

beforeEach(() => {
  database = memoryDatabase();
  deps = {
    stores: database.stores,
    clock: fakeClock(),
    access: accessOf('responder'),
    nextCheck: () => NOW + 3_600_000,
    nextDigest: () => NOW + 86_400_000,
  };
});

afterEach(() => database.close());

const wordsOf = async (page = 0, user = USER, notice?: string) =>
  JSON.stringify((await homeOf(deps, { user, page, ...(notice === undefined ? {} : { notice }) })).message.blocks);

describe('the home tab', () => {
  it('greets whoever comes first, with what to do', async () => {
    const { message, strip } = await homeOf(deps, { user: USER, page: 0 });

    expect(message.text).toBe('Welcome to Driftbell');
    expect(JSON.stringify(message.blocks)).toContain('/invite @driftbell');
    expect(JSON.stringify(message.blocks)).toContain('Watch a model');
    expect(strip).toBeUndefined();
  });

  it('offers a viewer nothing that the role refuses', async () => {
    deps = { ...deps, access: accessOf('viewer') };
    const empty = await wordsOf();
    const { id } = registeredModel(database.stores);
    database.stores.mutes.put({ modelId: id, by: BEN, startMs: NOW, untilMs: NOW + 1_000 });
    const withModel = await wordsOf();

    for (const words of [empty, withModel]) {
      expect(words).not.toContain('Watch a model');
      expect(words).toContain('Refresh');
    }
    expect(empty).toContain('ask somebody with the role responder to type');
    expect(withModel).not.toContain('Unmute');
    expect(withModel).not.toContain('quiet hours');
  });

  it('shows the own models first, with their reports, mutes, and when they are looked at next', async () => {
    registeredModel(database.stores, { slug: 'alpha', owners: [BEN] });
    const churn = registeredModel(database.stores, { slug: 'churn', owners: [USER] });
    database.stores.reports.insert({ modelId: churn.id, severity: 'high', opened: day(30), findings: [finding()] });
    database.stores.mutes.put({
      modelId: churn.id,
      by: USER,
      startMs: NOW,
      untilMs: NOW + 1_000,
      scope: { column: 'age' },
    });

    const words = await wordsOf();

    expect(words).toContain('2 models, 2 of them yours; 1 open report.');
    expect(words).toContain('firing, high, report #1');
    expect(words).toContain('Unmute age');
    expect(words).toContain('next 1 Feb 2026, 10:00 UTC');
    expect(words).toContain('Learning: 0 votes so far');
    expect(words).toContain('Updated at 1 Feb 2026, 09:00 UTC');
    expect((await homeOf(deps, { user: USER, page: 0 })).strip?.rows.map(({ title }) => title)).toEqual([
      'alpha',
      'churn',
    ]);
  });

  it('says when the channels of one’s own models get their digest, in their zones, and how to see it now', async () => {
    registeredModel(database.stores, { slug: 'alpha', owners: [BEN], channel: 'C0BENS001' });
    registeredModel(database.stores, { slug: 'churn', owners: [BEN], channel: 'C0MODELS1', zone: 'Asia/Kolkata' });

    const { message } = await homeOf(deps, { user: BEN, page: 0 });
    const words = formatText(message);

    expect(words).toContain('Weekly digest of #C0BENS001: next 2 Feb 2026, 09:00 UTC');
    expect(words).toContain('Weekly digest of #C0MODELS1: next 2 Feb 2026, 14:30');
    expect(words).toContain('`/drift digest` in a channel shows you its week at any time.');
  });

  it('says what somebody has said of a digest, and has a button for whoever owns a model of the channel', async () => {
    registeredModel(database.stores, { slug: 'alpha', owners: [BEN], channel: 'C0BENS001' });
    database.stores.digestPlans.put('C0BENS001', { isOn: true, weekday: 5, at: '16:30', to: 'C0ELSE001' });

    expect(formatText((await homeOf(deps, { user: BEN, page: 0 })).message)).toContain(
      'Weekly digest of #C0BENS001: Fridays at 16:30 in #C0ELSE001, next 2 Feb 2026, 09:00 UTC',
    );
    expect(await wordsOf()).not.toContain('home.digest');
    deps = { ...deps, access: accessOf('owner') };
    expect(await wordsOf()).toContain('home.digest');
  });

  it('says that a digest is off where none is scheduled, and nothing of it without models', async () => {
    deps = { ...deps, nextDigest: () => undefined };
    expect(await wordsOf()).not.toContain('/drift digest');

    registeredModel(database.stores);

    expect(await wordsOf()).toContain(': off');
    expect(await wordsOf()).toContain('/drift digest');
  });

  it('says what an action has done', async () => {
    expect(await wordsOf(0, USER, 'The mute of churn has ended.')).toContain('✅ The mute of churn has ended.');
  });

  it('pages through many models, and a page that is gone is the last one', async () => {
    for (let place = 10; place < 30; place += 1) registeredModel(database.stores, { slug: `model-${place}` });

    expect(await wordsOf(0)).toContain('More models');
    expect(await wordsOf(0)).not.toContain('model-18');
    expect(await wordsOf(1)).toContain('model-18');
    expect(await wordsOf(99)).toBe(await wordsOf(2));
    expect(await wordsOf(2)).not.toContain('More models');
  });

  it('stays within what Slack takes for a tab, however much there is to say', async () => {
    deps = { ...deps, access: accessOf('owner') };
    for (let place = 10; place < 30; place += 1) {
      const slug = `model-${place}-${'x'.repeat(50)}`;
      const { id } = registeredModel(database.stores, { slug, channel: `C0CHANNEL${place}` });
      for (let column = 0; column < 9; column += 1) {
        const scope = { column: `c${column}` };
        database.stores.mutes.put({ modelId: id, by: USER, startMs: NOW, untilMs: NOW + 1_000, scope });
      }
    }

    const { message } = await homeOf(deps, { user: USER, page: 1, notice: 'Done.' });

    const { blocks } = formatMessage(message, { surface: 'view' });
    expect(blocks.length).toBeLessThanOrEqual(99);
    expect(JSON.stringify(blocks)).not.toContain('Shortened');
  });

  it('shows nothing to a person without a role', async () => {
    registeredModel(database.stores, { slug: 'secret-model' });
    deps = { ...deps, access: accessOf(undefined) };

    expect(await wordsOf()).not.toContain('secret-model');
    expect(await wordsOf()).toContain('You have no role');

    deps = { ...deps, access: accessOf(undefined, 'outsider') };
    expect(await wordsOf()).not.toContain('secret-model');
    expect(await wordsOf()).toContain('refuses people of other organisations');
  });
});

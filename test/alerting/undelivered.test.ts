import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undelivered, undeliveredWords } from '../../src/alerting/index.ts';
import { plainMessage } from '../../src/messages/message.ts';
import { type Incident, liveIncident } from '../builders/live-incident.ts';
import { NOW } from '../builders/reports.ts';
import { registeredModel } from '../builders/stores.ts';

const refused = {
  notBefore: NOW,
  error: 'Expected Slack to accept it, got not_in_channel. Invite the bot.',
  isSure: true,
};
let incident: Incident;

beforeEach(() => {
  incident = liveIncident();
});

afterEach(() => incident.close());

describe('what was not delivered', () => {
  it('is told by channel and by what stands in the way, with the tries and the models that speak there', () => {
    const { outbox } = incident.stores;
    for (const key of ['a', 'b', 'c']) {
      const channel = key === 'c' ? 'C0OTHER01' : 'C0MODELS1';
      outbox.add({ key, kind: 'channel', channel, message: plainMessage(key), at: NOW });
      outbox.retry(key, refused);
    }
    outbox.retry('b', { ...refused, error: 'no answer' });
    outbox.retry('a', refused);
    outbox.add({ key: 'untried', kind: 'channel', channel: 'C0MODELS1', message: plainMessage('d'), at: NOW });

    expect(undelivered(incident.stores, NOW).map(undeliveredWords)).toEqual([
      `1 message to C0MODELS1 (churn), tried 2 times: ${refused.error}`,
      '1 message to C0MODELS1 (churn), tried 2 times: no answer.',
      `1 message to C0OTHER01, tried 1 time: ${refused.error}`,
    ]);
  });

  it('tells what was given up after what waits, for a fortnight', () => {
    const { outbox } = incident.stores;
    for (const key of ['a', 'b', 'c']) {
      outbox.add({ key, kind: 'channel', channel: 'C0MODELS1', message: plainMessage(key), at: NOW });
      if (key === 'c') outbox.retry(key, refused);
      else outbox.fail(key, NOW, refused.error);
    }

    expect(undelivered(incident.stores, NOW + 1).map(undeliveredWords)).toEqual([
      `1 message to C0MODELS1 (churn), tried 1 time: ${refused.error}`,
      `2 messages to C0MODELS1 (churn), given up after 1 try: ${refused.error}`,
    ]);
    expect(undelivered(incident.stores, NOW + 15 * 86_400_000)).toMatchObject([{ isGivenUp: false }]);
  });

  it('leaves out a state of a report that was given up where a later one went out', async () => {
    await incident.live({ age: [0, 0, 0, 10, 10] });
    const { outbox } = incident.stores;
    const { id: reportId } = incident.newest();
    const state = (key: string, revision: number) => ({ key, kind: 'report', reportId, revision, at: NOW }) as const;
    outbox.add(state('lost', 7));
    outbox.fail('lost', NOW, refused.error);
    outbox.add({ ...state('note', 7), kind: 'note', message: plainMessage('worse'), isBroadcast: false });
    outbox.fail('note', NOW, refused.error);
    expect(undelivered(incident.stores, NOW)).toMatchObject([{ messages: 2 }]);

    outbox.add(state('newer', 8));
    outbox.sent('newer', NOW);

    expect(undelivered(incident.stores, NOW)).toMatchObject([{ messages: 1 }]);
  });

  it('of one model is what its reports say, wherever they stand, and what its channel is told', async () => {
    const { stores, model, chat } = incident;
    const other = registeredModel(stores, { slug: 'other', channel: 'C0OTHER01' });
    await incident.live({ age: [0, 0, 0, 10, 10] });
    expect(undelivered(stores, NOW)).toEqual([]);
    stores.reports.setPosted(incident.newest().id, { channel: 'C0FORMER1', ts: chat.posts[0]?.posted.ts ?? '' });
    stores.outbox.add({ key: 'k', kind: 'report', reportId: incident.newest().id, revision: 9, at: NOW });
    stores.outbox.retry('k', refused);

    expect(undelivered(stores, NOW, model)).toMatchObject([{ channel: 'C0FORMER1', slugs: [], messages: 1 }]);
    expect(undelivered(stores, NOW, other)).toEqual([]);
  });
});

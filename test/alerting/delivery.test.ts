import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverDue, undelivered } from '../../src/alerting/index.ts';
import { DriftbellError } from '../../src/domain/errors.ts';
import { plainMessage } from '../../src/messages/message.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { type Incident, liveIncident } from '../builders/live-incident.ts';
import { NOW } from '../builders/reports.ts';
import { plainRenderer, type RecordingChat, silentLogger } from '../doubles/recording-chat.ts';

const HOUR_MS = 3_600_000;
/** Two bad days: a report on the second. */
const BAD = [0, 0, 0, 10, 10];
const facts = { expected: 'an answer', received: 'none', remedy: 'wait' };
let incident: Incident;
let chat: RecordingChat;
let clock: Incident['clock'];
let stores: Stores;

beforeEach(() => {
  incident = liveIncident();
  ({ chat, clock, stores } = incident);
});

afterEach(() => incident.close());

describe('delivery', () => {
  it('tries again later when Slack cannot be reached, and loses nothing', async () => {
    chat.failNext(unreachable());
    await incident.live({ age: BAD });
    expect(chat.posts).toHaveLength(0);

    clock.set(NOW + 2_000);
    await incident.deliver();

    expect(chat.posts).toHaveLength(1);
    expect(stores.outbox.pending()).toBe(0);
  });

  it('posts once when the answer to a post is lost, also to a reply', async () => {
    chat.loseNextAnswer(unreachable());
    await incident.live({ age: BAD });
    expect(chat.posts).toHaveLength(1);
    expect(incident.newest().revision).toBe(1);
    expect(stores.reports.posted(incident.newest().id)).toBeUndefined();

    clock.set(NOW + 2_000);
    chat.loseNextAnswer(unreachable());
    await incident.deliver();
    clock.set(NOW + 10_000);
    await incident.deliver();

    expect(chat.posts).toHaveLength(1);
    expect(chat.replies.map(({ key }) => key)).toEqual(['details:1:findings', 'details:1:finding:1']);
    expect(stores.outbox.pending()).toBe(0);
  });

  it('finds a message that was posted just before the process died', async () => {
    for (let last = 0; last < 5; last += 1) incident.judge({ age: [0, 0, 0, 10, 10] }, last);
    const [entry] = stores.outbox.due(clock.now(), 1);
    stores.outbox.begin(entry?.key ?? '', clock.now());
    await chat.post(plainMessage('as far as it came'), { channel: 'C0MODELS1', metadata: { key: 'report:1' } });

    await incident.deliver();

    expect(chat.posts).toHaveLength(1);
    expect(stores.reports.posted(incident.newest().id)).toEqual(chat.posts[0]?.posted);
  });

  it('keeps one text of all findings in the thread, and draws a finding anew only when all is over', async () => {
    await incident.live({ age: [0, 0, 0, 10, 10, 10, 0, 0] });

    expect(chat.replies.filter(({ key }) => key.startsWith('details:')).map(({ key }) => key)).toEqual([
      'details:1:findings',
      'details:1:finding:1',
    ]);
    expect(chat.uploads.filter((name) => name.includes('finding'))).toHaveLength(2);
    expect(chat.replyUpdates.at(-1)?.message.text).toContain('age mean: 10 on Sun 4 Jan 2026');
  });

  it('shares a table where the findings are many', async () => {
    const names = ['=evil("x")', ...Array.from({ length: 29 }, (_, index) => `f${index}`)];

    await incident.live(Object.fromEntries(names.map((name) => [name, BAD])));

    const [file] = chat.files;
    expect(file).toMatchObject({ filename: 'report-1-findings.csv', threadTs: chat.posts[0]?.posted.ts });
    expect(file?.text.split('\r\n')).toHaveLength(32);
    expect(file?.text).toContain(`,"'=evil(""x"")",feature,mean,2026-01-04,2026-01-05,2,2026-01-04,10,0,-0.5,0.5,`);
    expect(chat.replies.filter(({ key }) => key.startsWith('details:1:finding:'))).toHaveLength(20);
    expect(chat.replies[0]?.message.text).toContain('+10 more in the table.');
  });

  it('waits as long as Slack asks', async () => {
    chat.failNext(new DriftbellError('slack.rate_limited', { ...facts, retryAfterSeconds: 30 }));
    await incident.live({ age: BAD });

    clock.set(NOW + 29_000);
    await incident.deliver();
    expect(chat.posts).toHaveLength(0);

    clock.set(NOW + 30_000);
    await incident.deliver();
    expect(chat.posts).toHaveLength(1);
  });

  it('keeps a refused report until the operator has mended what is wrong', async () => {
    chat.failNext(new DriftbellError('slack.rejected', facts));
    await incident.live({ age: BAD });
    expect(chat.posts).toHaveLength(0);
    expect(stores.outbox.pending()).toBe(2);

    clock.set(NOW + 24 * HOUR_MS);
    await incident.deliver();

    expect(chat.posts).toHaveLength(1);
  });

  it('posts anew when an open report was deleted in the chat, and leaves a resolved one deleted', async () => {
    await incident.live({ age: BAD });
    chat.failNext(new DriftbellError('slack.gone', facts), 'update');
    await incident.live({ age: [0, 0, 0, 10, 10, 10] }, 5);
    expect(chat.posts).toHaveLength(2);

    await incident.live({ age: [0, 0, 0, 10, 10, 10, 0] }, 6);
    chat.failNext(new DriftbellError('slack.gone', facts), 'update');
    await incident.live({ age: [0, 0, 0, 10, 10, 10, 0, 0] }, 7);

    expect(incident.newest().state).toBe('resolved');
    expect(chat.posts).toHaveLength(2);
    expect(stores.outbox.pending()).toBe(0);
  });

  it('gives up at once what is said in a thread that is gone, and tells of it', async () => {
    await incident.live({ age: BAD });
    const { id: reportId, revision } = incident.newest();
    const message = plainMessage('one more thing');
    const note = { kind: 'note', reportId, revision, message, isBroadcast: false, at: clock.now() } as const;
    stores.outbox.add({ ...note, key: 'note:late' });
    chat.failNext(new DriftbellError('slack.gone', facts), 'post');

    await incident.deliver();

    expect(stores.outbox.pending()).toBe(0);
    expect(undelivered(stores, clock.now())).toMatchObject([{ isGivenUp: true, attempts: 1, messages: 1 }]);
  });

  it('sends the text when the picture cannot be made', async () => {
    const charts = { ...plainRenderer(), render: () => Promise.reject(new DriftbellError('chart.failed', facts)) };
    for (let last = 0; last < 5; last += 1) incident.judge({ age: [0, 0, 0, 10, 10] }, last);

    await deliverDue({ stores, chat, charts, clock, logger: silentLogger() });

    expect(chat.posts).toHaveLength(1);
    expect(chat.updates.at(-1)?.message.blocks.some(({ type }) => type === 'image')).toBe(false);
    expect(stores.outbox.pending()).toBe(0);
  });
});

function unreachable(): DriftbellError {
  return new DriftbellError('slack.unreachable', facts);
}

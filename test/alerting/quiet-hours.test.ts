import { afterEach, describe, expect, it } from 'vitest';
import { createDelivery, mute } from '../../src/alerting/index.ts';
import { DriftbellError } from '../../src/domain/errors.ts';
import { parseQuietHours } from '../../src/domain/quiet-hours.ts';
import { day } from '../builders/detections.ts';
import { type Columns, type Incident, liveIncident } from '../builders/live-incident.ts';
import { USER } from '../builders/reports.ts';
import { plainRenderer, silentLogger } from '../doubles/recording-chat.ts';

/** Monday 2 February 2026 at ten in the evening. */
const EVENING = Date.UTC(2026, 1, 2, 22);
const MORNING = EVENING + 9 * 3_600_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Opens on the fifth day, and is joined by a series on the seventh and on the eighth. */
const STORY: Columns = {
  age: [0, 0, 0, 10, 10, 10, 10, 10],
  plan: [0, 0, 0, 0, 0, 9, 9, 9],
  ...Object.fromEntries(['fare', 'fee', 'tax', 'tip'].map((name) => [name, [0, 0, 0, 0, 0, 0, 40, 40]])),
};
let incident: Incident;

function quietIncident(typed = '22:00-07:00 always', now = EVENING): Incident {
  incident = liveIncident({ quietHours: parseQuietHours(typed) });
  incident.clock.set(now);
  return incident;
}

afterEach(() => incident.close());

describe('quiet hours', () => {
  it('hold a report and all that is said of it, and then show it once as it stands', async () => {
    const { chat, clock, stores } = quietIncident();

    await incident.live(STORY);
    clock.set(MORNING - 1);
    await incident.deliver();
    expect([chat.posts, chat.replies, chat.uploads]).toEqual([[], [], []]);

    clock.set(MORNING);
    await incident.deliver();
    await incident.deliver();

    expect(chat.posts).toHaveLength(1);
    expect(chat.posts[0]?.message.text).toContain('fare');
    expect(incident.notes()).toHaveLength(1);
    expect(incident.notes()[0]).toMatch(/During the quiet hours: .*Worse on Wed 7 Jan 2026.*Worse on Thu 8 Jan 2026/);
    expect(chat.replies.filter(({ isBroadcast }) => isBroadcast)).toEqual([]);
    expect(chat.replies.map(({ key }) => key)).toContain('details:1:findings');
    expect(stores.outbox.pending()).toBe(0);
  });

  it('edit a message that is out already, and say in its thread only when they end what else happened', async () => {
    const { chat, clock } = quietIncident('22:00-07:00 always', EVENING - MINUTE_MS);
    await incident.live({ age: [0, 0, 0, 10, 10] });
    const replies = chat.replies.length;

    clock.set(EVENING);
    await incident.live(STORY, 5);

    expect(chat.posts).toHaveLength(1);
    expect(chat.updates.at(-1)?.message.text).toContain('fare');
    expect(chat.replies).toHaveLength(replies);

    clock.set(MORNING);
    await incident.deliver();

    expect(incident.notes()).toHaveLength(1);
    // The channel had the report before the night, and hears of it again as it is so much worse.
    expect(chat.replies.find(({ key }) => key.startsWith('note:'))?.isBroadcast).toBe(true);
  });

  it('let a report through that is or becomes as bad as their exception', async () => {
    const { chat } = quietIncident('22:00-07:00 unless high');

    await incident.live({ age: [0, 0, 0, 10, 10] });

    expect(incident.newest().severity).not.toBe('notable');
    expect(chat.posts).toHaveLength(1);
  });

  it('end within a minute where an owner ends them', async () => {
    const { chat, clock, stores, model } = quietIncident();
    await incident.live(STORY);

    const { quietHours: _quiet, ...settings } = model;
    stores.models.update(model.id, settings, model.revision);
    await incident.deliver();
    expect(chat.posts).toEqual([]);
    clock.set(EVENING + MINUTE_MS);
    await incident.deliver();

    expect(chat.posts).toHaveLength(1);
  });

  it('post what was held once when its answer is lost', async () => {
    const { chat, clock } = quietIncident();
    await incident.live(STORY);
    clock.set(MORNING);

    for (let turn = 0; turn < 8; turn += 1) {
      chat.loseNextAnswer(
        new DriftbellError('slack.unreachable', { expected: 'an answer', received: 'none', remedy: 'wait' }),
      );
      await incident.deliver();
      clock.set(clock.now() + 10_000);
    }

    expect(chat.posts).toHaveLength(1);
    expect(incident.notes()).toHaveLength(1);
  });

  it('show a report that came and went in them, with how it ended', async () => {
    const { chat, clock } = quietIncident();
    await incident.live({ age: [0, 0, 0, 10, 10, 0, 0] });
    clock.set(MORNING);

    await incident.deliver();

    expect(chat.posts).toHaveLength(1);
    expect(chat.posts[0]?.message.text).toContain('Resolved');
  });

  it('keep the end of a mute for later too', async () => {
    const { chat, clock, stores, model } = quietIncident('22:00-07:00', day(2).startMs);
    mute({ stores, clock }, { model, by: USER, untilMs: day(8).endMs - HOUR_MS });
    await incident.live({ age: [0, 0, 0, 10, 10, 0, 0] });
    const delivery = createDelivery({ ...incident, charts: plainRenderer(), logger: silentLogger() });

    clock.set(day(8).endMs);
    await delivery(new AbortController().signal);
    expect(chat.posts).toEqual([]);
    clock.set(day(8).endMs + 7 * HOUR_MS);
    await delivery(new AbortController().signal);

    expect(chat.posts).toHaveLength(1);
    expect(chat.posts[0]?.message.text).toContain('The mute of the whole model');
  });
});

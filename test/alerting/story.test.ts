import { describe, expect, it } from 'vitest';
import { acknowledge, mute, tellEndedMutes, unmute } from '../../src/alerting/index.ts';
import { DriftbellError } from '../../src/domain/errors.ts';
import { day } from '../builders/detections.ts';
import { type Columns, type Incident, liveIncident } from '../builders/live-incident.ts';
import { USER } from '../builders/reports.ts';
import { expectGolden } from '../golden.ts';

const HOUR_MS = 3_600_000;
/** Day by day: quiet, one series, four of one source, all but one back, quiet. */
const COLUMNS: Columns = {
  age: [0, 0, 0, 4, 4, 4, 4, 4, 4, 0, 0, 0],
  profile_city: [0, 0, 0, 0, 0, 9, 9, 9, 0, 0, 0, 0],
  profile_income: [0, 0, 0, 0, 0, 9, 9, 9, 0, 0, 0, 0],
  profile_tenure: [0, 0, 0, 0, 0, 9, 9, 9, 0, 0, 0, 0],
  score: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
};

interface Told {
  readonly step: string;
  readonly posts: readonly string[];
  /** The message as it stands after the step, when it was edited. */
  readonly message?: string;
  readonly thread: readonly string[];
  readonly pictures: readonly string[];
}

type Step = readonly [name: string, work: (incident: Incident) => void];

const judge = (index: number) => (incident: Incident) => {
  incident.clock.set(day(index).endMs + HOUR_MS);
  incident.judge(COLUMNS, index);
};
/** A press arrives with an envelope that is taken once, however often Slack sends it. */
const press = (key: string, verb: (incident: Incident) => void) => (incident: Incident) => {
  if (incident.stores.interactions.claim(key, incident.clock.now())) verb(incident);
};

const STORY: readonly Step[] = [
  ['nothing', judge(2)],
  ['a first bad window waits for a second', judge(3)],
  ['it fires, and its picture arrives', judge(4)],
  ['three more series are out once', judge(5)],
  ['worse', judge(6)],
  ['acknowledged', press('ack', (incident) => acknowledge(incident, { reportId: incident.newest().id, by: USER }))],
  [
    'muted',
    press('mute', (incident) =>
      mute(incident, { model: incident.model, by: USER, untilMs: day(20).startMs, reason: 'backfill' }),
    ),
  ],
  ['another bad window, in silence', judge(7)],
  ['unmuted', press('unmute', (incident) => unmute(incident, { model: incident.model, by: USER }))],
  ['recovering: one of four is still out', judge(8)],
  ['nothing is out', judge(9)],
  ['resolved', judge(10)],
  ['quiet', judge(11)],
];

let calmStory: ReturnType<typeof tell> | undefined;

/** The story with every step done once, told once for all tests. */
function calm(): ReturnType<typeof tell> {
  calmStory ??= tell(1);
  return calmStory;
}

/** Tells the story and notes what the chat is told at each step. `times`: how often every step is done. */
async function tell(times: number, disturb: (incident: Incident) => void = () => undefined) {
  const incident = liveIncident();
  const { chat, clock } = incident;
  const told: Told[] = [];
  try {
    incident.watch(Object.keys(COLUMNS));
    for (const index of [0, 1]) judge(index)(incident);
    for (const [step, work] of STORY) {
      const before = { ...countsOf(incident) };
      for (let time = 0; time < times; time += 1) {
        work(incident);
        disturb(incident);
        tellEndedMutes(incident);
        await incident.deliver();
      }
      clock.set(clock.now() + HOUR_MS);
      await incident.deliver();
      const edited = chat.updates.length > before.updates ? chat.updates.at(-1)?.message.text : undefined;
      told.push({
        step,
        posts: chat.posts.slice(before.posts).map(({ message }) => message.text),
        ...(edited === undefined ? {} : { message: edited }),
        thread: [
          ...chat.replies
            .slice(before.replies)
            .map(({ message, isBroadcast }) => `${isBroadcast ? '[in the channel too] ' : ''}${message.text}`),
          ...[
            ...new Set(chat.replyUpdates.slice(before.replyUpdates).map(({ message }) => `[edited] ${message.text}`)),
          ],
        ],
        pictures: [...new Set(chat.uploads.slice(before.uploads))],
      });
    }
    const last = chat.updates.at(-1)?.message;
    return { told, last, pending: incident.stores.outbox.pending(), posts: chat.posts.length };
  } finally {
    incident.close();
  }
}

function countsOf({ chat }: Incident) {
  return {
    posts: chat.posts.length,
    updates: chat.updates.length,
    replies: chat.replies.length,
    replyUpdates: chat.replyUpdates.length,
    uploads: chat.uploads.length,
  };
}

describe('the story of an incident', () => {
  it('is one message, its edits and its thread, as agreed', async () => {
    const { told, last, posts, pending } = await calm();

    expect({ posts, pending }).toEqual({ posts: 1, pending: 0 });
    expectGolden('messages/story.json', told);
    expectGolden('messages/story-resolved.json', last);
  });

  it('is the same when every step is done twice', async () => {
    expect(await tell(2)).toEqual(await calm());
  });

  it('posts nothing twice when the answer to the first post of every step is lost', async () => {
    const lost = new DriftbellError('slack.unreachable', { expected: 'an answer', received: 'none', remedy: 'wait' });

    const disturbed = await tell(1, ({ chat }) => chat.loseNextAnswer(lost));

    const once = await calm();
    expect(disturbed.told.map(({ step, posts }) => [step, posts])).toEqual(
      once.told.map(({ step, posts }) => [step, posts]),
    );
    const threadOf = ({ told }: typeof once) =>
      told.flatMap(({ thread }) => thread.filter((text) => !text.startsWith('[edited]')));
    expect(threadOf(disturbed)).toEqual(threadOf(once));
    expect(disturbed.pending).toBe(0);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acknowledge, deliverDue, mute, repostOpenReports, runAlerting, unmute } from '../../src/alerting/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { Finding, HeldFinding } from '../../src/domain/finding.ts';
import type { ReportId, UserId } from '../../src/domain/identifiers.ts';
import type { Model } from '../../src/domain/model.ts';
import { reportActions } from '../../src/domain/report-action.ts';
import { EMPTY_CONTEXT, findFindings, paperFilterSettings } from '../../src/postprocessing/index.ts';
import { day, days, detectionsOf, seriesKey } from '../builders/detections.ts';
import { NOW, USER } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';
import { plainRenderer, type RecordingChat, recordingChat, silentLogger } from '../doubles/recording-chat.ts';

const HOUR_MS = 3_600_000;
let database: Database;
let chat: RecordingChat;
let model: Model;
let clock: ReturnType<typeof fakeClock>;

beforeEach(() => {
  database = memoryDatabase();
  chat = recordingChat();
  clock = fakeClock();
  model = registeredModel(database.stores);
});

afterEach(() => database.close());

/** Judges day by day, as the job does, and delivers after each. */
async function live(values: readonly number[], from = 0): Promise<void> {
  for (let last = from; last < values.length; last += 1) {
    judge(values, last);
    await deliver();
  }
}

function judge(values: readonly number[], last: number): ReturnType<typeof runAlerting> {
  const seen = values.slice(0, last + 1);
  const detections = detectionsOf(seen);
  database.stores.detections.replaceWindow(model.id, day(last), detections.slice(-1), 'test');
  const { findings, isFiring } = findFindings({
    detections,
    windows: days(seen.length),
    context: EMPTY_CONTEXT,
    settings: paperFilterSettings,
  });
  return alert(last, findings, isFiring);
}

function alert(
  last: number,
  findings: readonly Finding[],
  isFiring: boolean,
  held: readonly HeldFinding[] = [],
): ReturnType<typeof runAlerting> {
  return runAlerting(
    { stores: database.stores },
    { model, window: day(last), findings, held, isFiring, isNewest: true, now: clock.now() },
  );
}

function deliver() {
  const { stores } = database;
  return deliverDue({ stores, chat, charts: plainRenderer(), clock, logger: silentLogger() });
}

/** What the thread was told, without what it keeps up to date. */
function notes() {
  return chat.replies.filter(({ key }) => key.startsWith('note:'));
}

function newest() {
  const report = database.stores.reports.latest(model.id);
  if (report === undefined) throw new Error('expected a report');
  return report;
}

describe('an incident', () => {
  it('begins with the newest window only: what is judged later of an older one opens and ends nothing', async () => {
    const { findings } = findFindings({
      detections: detectionsOf([0, 10, 10]),
      windows: days(3),
      context: EMPTY_CONTEXT,
      settings: paperFilterSettings,
    });
    const of = { model, window: day(2), held: [], isNewest: false, now: clock.now() };

    expect(runAlerting({ stores: database.stores }, { ...of, findings, isFiring: true })).toEqual({ step: 'past' });
    await live([0, 10, 10]);
    const before = newest();
    expect(runAlerting({ stores: database.stores }, { ...of, findings: [], isFiring: false }).step).toBe('past');
    expect(newest()).toEqual(before);
  });

  it('ends at once when its windows were judged again and nothing is left of it', async () => {
    await live([0, 10, 10]);

    expect(alert(2, [], false).step).toBe('resolve');
    expect(newest()).toMatchObject({ state: 'resolved' });
    expect(newest().findings, 'people see what it had been about').toHaveLength(1);
  });

  it('stays open while what it told is muted and out, and resolves when that is back', async () => {
    await live([0, 10, 10]);
    const [told] = newest().findings;
    const held = (last: number): HeldFinding[] =>
      told === undefined ? [] : [{ ...told, to: day(last), heldBy: 'mute', note: 'by U0OWNER01' }];

    for (const last of [3, 4, 5, 6]) expect(alert(last, [], false, held(last)).step).toBe('develop');
    expect(newest()).toMatchObject({ state: 'firing', latest: day(6) });
    expect(alert(7, [], false, held(6)).step).toBe('wait');
    expect(alert(8, [], false, held(6)).step).toBe('resolve');
  });

  it('is not begun, joined or told again by what is held', async () => {
    await live([0, 10, 10]);
    const [told] = newest().findings;
    if (told === undefined) throw new Error('expected a finding');
    const other = { ...told, to: day(3), series: { ...told.series, column: 'plan' }, heldBy: 'mute' } as const;
    const further = { ...told, to: day(3), severity: 99, heldBy: 'mute' } as const;

    alert(3, [], false, [other, further]);
    await deliver();

    expect(newest().findings.map(({ series }) => series.column)).toEqual(['age']);
    expect(chat.replies.filter(({ isBroadcast }) => isBroadcast)).toEqual([]);
  });

  it('is one message from the second bad day to its resolution, edited in place', async () => {
    await live([0, 0, 0, 10, 10, 10, 0, 0, 0]);

    expect(chat.posts).toHaveLength(1);
    expect(chat.posts[0]?.message.text).toContain('🔶 High: churn. Age mean is 10 above');
    expect(new Set(chat.updates.map(({ posted }) => posted.ts))).toEqual(new Set(['1.000100']));
    expect(chat.updates.at(-1)?.message.text).toContain('✅ Resolved: churn. Back inside the expected band.');
    expect(newest()).toMatchObject({ state: 'resolved', opened: day(4), latest: day(5), resolved: day(7) });
    expect(notes().map(({ message, isBroadcast }) => [message.text, isBroadcast])).toEqual([
      ['↘️ Recovering: nothing is out on Wed 7 Jan 2026. The report resolves if it stays so.', false],
      ['✅ Resolved: back where it was expected. It was out 4–6 Jan 2026; at the worst one series was out.', false],
    ]);
    expect(newest().findings.map(({ pattern }) => pattern)).toEqual(['spike']);
  });

  it('says the text first and puts the picture inside the same message', async () => {
    await live([0, 0, 0, 10, 10]);

    expect(chat.posts[0]?.message.blocks.some(({ type }) => type === 'image')).toBe(false);
    expect(chat.updates.at(-1)?.message.blocks.some(({ type }) => type === 'image')).toBe(true);
    expect(chat.uploads).toEqual(['report-1.png', 'report-1-finding-1-1.png']);
  });

  it('changes nothing when every window is judged twice', async () => {
    const values = [0, 0, 10, 10, 0, 0, 0, 10, 10];
    await live(values);
    const countAll = () => ({
      posts: chat.posts.length,
      replies: chat.replies.length,
      updates: chat.updates.length,
      revision: newest().revision,
    });
    const before = countAll();

    for (let last = 0; last < values.length; last += 1) judge(values, last);
    await deliver();

    expect(database.stores.reports.list(model.id)).toHaveLength(2);
    expect(countAll()).toEqual(before);
  });

  it('does not post while the model is muted, and posts what fires when it is unmuted', async () => {
    mute({ stores: database.stores, clock }, { model, by: USER, untilMs: NOW + 4 * HOUR_MS });

    await live([0, 0, 0, 10, 10]);

    expect(chat.posts).toHaveLength(0);
    expect(newest().state).toBe('firing');
    unmute({ stores: database.stores, clock }, { model, by: USER });
    await deliver();
    expect(chat.posts).toHaveLength(1);
  });

  it('posts again by itself once a mute has run out', async () => {
    mute({ stores: database.stores, clock }, { model, by: USER, untilMs: NOW + HOUR_MS });
    await live([0, 0, 0, 10, 10]);
    clock.set(NOW + 2 * HOUR_MS);

    await live([0, 0, 0, 10, 10, 10], 5);

    expect(chat.posts).toHaveLength(1);
  });

  it('keeps a message true that was posted before the mute', async () => {
    await live([0, 0, 0, 10, 10]);
    mute({ stores: database.stores, clock }, { model, by: USER, untilMs: NOW + HOUR_MS });
    await deliver();

    expect(JSON.stringify(chat.updates.at(-1)?.message.blocks)).toContain('muted until');
    expect(chat.posts).toHaveLength(1);
  });

  it('belongs to the first who acknowledges it', async () => {
    await live([0, 0, 0, 10, 10]);
    const reportId = newest().id;
    const deps = { stores: database.stores, clock };

    acknowledge(deps, { reportId, by: USER });

    expect(() => acknowledge(deps, { reportId, by: 'U0SECOND' as UserId })).toThrow('acknowledged already');
    expect(() => acknowledge(deps, { reportId: 999 as ReportId, by: USER })).toThrow('a report that is still kept');
    await deliver();
    expect(JSON.stringify(chat.updates.at(-1)?.message.blocks)).toContain('acknowledged by');
  });
});

describe('an incident that goes on', () => {
  it('is one message however long the shift stays, and says at the end that it never went back', async () => {
    await live([0, 0, 0, ...Array.from({ length: 9 }, () => 10)]);
    expect(chat.posts).toHaveLength(1);
    database.stores.detections.replaceWindow(model.id, day(13), [settledAt(10, 13)], 'test');
    const { findings } = newest();
    alert(12, findings, false);
    alert(13, findings, false);
    await deliver();

    expect(newest()).toMatchObject({ state: 'resolved', ending: 'relearned' });
    expect(chat.posts).toHaveLength(1);
    expect(chat.updates.at(-1)?.message.text).toContain('It never went back, and has lasted so long');
  });

  it('asks once whether it is the new normal, when it has stood still for five windows', async () => {
    await live([0, 0, 0, 10, 10.1, 10, 9.9]);
    expect(notes()).toEqual([]);

    await live([0, 0, 0, 10, 10.1, 10, 9.9, 10, 10, 10], 7);

    const questions = notes().filter(({ message }) => message.text.startsWith('❓'));
    expect(questions.map(({ message }) => message.text)).toEqual([
      '❓ New normal? For 5 days everything that is out has stood still: “age mean” at 10 (+10). If it is right like this, say so; if not, nothing needs to be pressed.',
    ]);
    expect(JSON.stringify(questions[0]?.message.blocks)).toContain(reportActions.newNormal);
    expect(newest().normalAskedMs).toBe(day(7).startMs);
  });

  it('is told a second time in the channel only when it is twice as far out', async () => {
    await live([0, 0, 0, 2, 2, 3.9]);
    expect(notes().filter(({ isBroadcast }) => isBroadcast)).toEqual([]);

    await live([0, 0, 0, 2, 2, 3.9, 4, 4, 7.9], 6);

    expect(
      notes()
        .filter(({ isBroadcast }) => isBroadcast)
        .map(({ message }) => message.text),
    ).toEqual(['⚠️ Worse on Wed 7 Jan 2026: 1 series is out, 1 at the worst before. Furthest: “age mean” at 4 (+4).']);
    expect(chat.posts).toHaveLength(1);
  });

  it('fires again in its thread when it comes back before it is over', async () => {
    await live([0, 0, 0, 10, 10, 0, 10, 10]);

    expect(chat.posts).toHaveLength(1);
    expect(notes().map(({ message }) => message.text.slice(0, 24))).toEqual([
      '↘️ Recovering: nothing i',
      '↗️ Out again on Wed 7 Ja',
    ]);
    expect(newest().state).toBe('firing');
  });

  it('says nothing in its thread while the model is muted, and the message stays true', async () => {
    await live([0, 0, 0, 2, 2]);
    mute({ stores: database.stores, clock }, { model, by: USER, untilMs: NOW + 4 * HOUR_MS });

    await live([0, 0, 0, 2, 2, 9, 0, 0], 5);

    expect(notes()).toEqual([]);
    expect(chat.updates.at(-1)?.message.text).toContain('✅ Resolved');
  });
});

/** A window that the detector takes as usual, where it once was not. */
function settledAt(value: number, index: number) {
  return { series: seriesKey(), window: day(index), value, rows: 1000, isAnomaly: false };
}

describe('a chat that was started empty', () => {
  it('gets the open reports again, with their pictures', async () => {
    await live([0, 0, 0, 10, 10]);

    expect(repostOpenReports(database.stores, clock.now())).toBe(1);
    await deliver();

    expect(chat.posts).toHaveLength(2);
    expect(chat.uploads.filter((name) => name === 'report-1.png')).toHaveLength(2);
  });
});

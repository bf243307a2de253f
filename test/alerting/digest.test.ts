import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnose, type SeriesPast } from '../../src/alerting/digest/noise.ts';
import { collectDigest, digestMessage, postDigest } from '../../src/alerting/index.ts';
import type { FindingId, UserId } from '../../src/domain/identifiers.ts';
import { formatMessage } from '../../src/slack/block-kit.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';
import { type Incident, liveIncident } from '../builders/live-incident.ts';
import { model, USER } from '../builders/reports.ts';
import { expectGolden } from '../golden.ts';

const CHANNEL = 'C0MODELS1';
const HOUR_MS = 3_600_000;
let incident: Incident;

beforeEach(() => {
  incident = liveIncident();
});

afterEach(() => incident.close());

/** Notes that days were checked, as the job does. */
function checked(from: number, until: number): void {
  const { stores, model: of } = incident;
  for (let index = from; index <= until; index += 1) {
    const at = day(index).endMs;
    const id = stores.runs.begin({ job: 'check', modelId: of.id, windowStartMs: day(index).startMs, at, leaseMs: 1 });
    if (id !== undefined) stores.runs.end(id, 'ok', at, {});
  }
}

describe('the weekly digest', () => {
  it('tells health, reports, noise with its reason, votes, and that the bot lives', async () => {
    const { stores, clock, model: of } = incident;
    const age = Array.from({ length: 20 }, (_, index) => (index % 4 === 3 ? 1 : 0));
    await incident.live({ age, plan: [...Array(16).fill(0), 9, 9, 9, 9] });
    checked(12, 19);
    clock.set(day(20).startMs + 9 * HOUR_MS);
    stores.votes.put({ reportId: incident.newest().id, by: USER, verdict: 'real', at: day(19).endMs });

    const message = digestMessage(collectDigest({ stores }, CHANNEL, clock.now()));

    expect(of.channel).toBe(CHANNEL);
    expectGolden('messages/digest.json', message);
    expectGolden('block-kit/digest.json', formatMessage(message));
  });

  it('says which models were not judged, and that nobody voted', () => {
    const message = digestMessage(collectDigest({ stores: incident.stores }, CHANNEL, day(20).startMs));

    expect(message.text).toContain(
      '0 of 1 model is healthy; 0 reports opened and 0 resolved. Not judged all week: “churn”.',
    );
    expect(message.text).toContain('None this week');
  });

  it('says that the detector decays, for as long as it does', () => {
    const learning = { receipt: () => '', questions: () => [], alarm: () => '⚠️ The detector holds up less well.' };
    const digest = collectDigest({ stores: incident.stores, learning }, CHANNEL, day(20).startMs);

    expect(digestMessage(digest).text).toContain('⚠️ The detector holds up less well.');
    expect(JSON.stringify(digestMessage(digest).blocks)).toContain('holds up less well');
  });

  it('does not advise to accept a ramp that nobody voted on, and does advise it once the series has come to rest', async () => {
    const { stores, clock } = incident;
    const ramp = Array.from({ length: 20 }, (_, at) => Math.max(0, at - 3));
    await incident.live({ age: ramp, plan: ramp.map((value) => Math.min(6, value)) });
    checked(12, 19);
    clock.set(day(20).startMs + HOUR_MS);

    const { noisiest } = collectDigest({ stores }, CHANNEL, clock.now());

    const reasons = new Map(noisiest.map(({ series, reason, suggestion }) => [series.column, { reason, suggestion }]));
    expect(reasons.get('age')).toMatchObject({
      reason: 'still moves',
      suggestion: expect.not.stringContaining('new-normal'),
    });
    expect(reasons.get('plan')?.suggestion ?? '').toContain('new-normal');
  });

  it('counts a vote on one finding of a report for its series alone', async () => {
    const { stores, clock } = incident;
    const moved = Array.from({ length: 20 }, (_, at) => (at < 16 ? 0 : 9));
    await incident.live({ age: moved, plan: moved });
    clock.set(day(20).startMs + HOUR_MS);
    const { id: reportId, findings } = incident.newest();
    const findingId = findings.find(({ series }) => series.column === 'age')?.id as FindingId;
    for (const by of ['U0ANNA001', 'U0BEN0001'] as UserId[]) {
      stores.votes.put({ reportId, findingId, by, verdict: 'not_useful', reason: 'false_alarm', at: day(19).endMs });
    }

    const { noisiest } = collectDigest({ stores }, CHANNEL, clock.now());

    const whys = new Map(noisiest.map(({ series, why }) => [series.column, why]));
    expect(whys.get('age')).toBe('2 of 2 votes call it of no use');
    expect(whys.get('plan')).not.toContain('vote');
  });

  it('reaches the channel once a week, in weeks of the channel’s zone', async () => {
    const { stores, clock, chat } = incident;
    clock.set(day(18).startMs + HOUR_MS);

    expect(postDigest({ stores, clock }, CHANNEL)).toBe(true);
    clock.set(day(18).endMs);
    expect(postDigest({ stores, clock }, CHANNEL)).toBe(false);
    expect(postDigest({ stores, clock }, 'C0ELSEWHERE')).toBe(false);
    await incident.deliver();
    clock.set(day(25).startMs + HOUR_MS);
    expect(postDigest({ stores, clock }, CHANNEL)).toBe(true);
    await incident.deliver();

    expect(chat.posts).toHaveLength(2);
    expect(chat.posts[0]?.message.text).toMatch(/^Week of 12–18 Jan 2026\./);
  });
});

describe('a channel with a plan of its own', () => {
  it('is told on its weekday, in the channel of the plan, and of whose models it is', async () => {
    const { stores, clock, chat } = incident;
    clock.set(day(18).startMs + HOUR_MS);
    expect(postDigest({ stores, clock }, CHANNEL)).toBe(true);

    stores.digestPlans.put(CHANNEL, { isOn: true, weekday: 5, at: '01:00', to: 'C0ELSEWHERE' });
    clock.set(day(22).startMs + HOUR_MS);
    expect(postDigest({ stores, clock }, CHANNEL)).toBe(true);
    clock.set(day(23).startMs);
    expect(postDigest({ stores, clock }, CHANNEL)).toBe(false);
    await incident.deliver();

    expect(chat.posts.map(({ posted }) => posted.channel)).toEqual([CHANNEL, 'C0ELSEWHERE']);
    expect(JSON.stringify(chat.posts[1]?.message.blocks)).toContain(CHANNEL);
    expect(JSON.stringify(chat.posts[0]?.message.blocks)).not.toContain('Of the models that report to');
  });
});

describe('a noisy series', () => {
  const past = (values: readonly number[], change: Partial<SeriesPast> = {}): SeriesPast => {
    return { series: seriesKey(), detections: detectionsOf(values), lateWindows: 0, votes: 0, notUseful: 0, ...change };
  };
  const scaled = (by: number, rows = 1000): SeriesPast => {
    const shifted = detectionsOf([0, 1, 1, 1, 0, 0, 0, 0, 0]).map((detection) => ({
      ...detection,
      value: 100 + (detection.value ?? 0) * by,
      rows,
      forecast: { baseline: 100, lower: 99.5, upper: 100.5 },
    }));
    return past([], { detections: shifted });
  };

  it.each<[string, SeriesPast, string]>([
    ['half of its windows are out', past([1, 1, 0, 1, 1, 0]), 'stays out'],
    ['people call it useless', past([1, 0, 0, 0], { votes: 3, notUseful: 2 }), 'of no use'],
    ['its rows come late', past([1, 0, 0, 0], { lateWindows: 3 }), 'late data'],
    ['its windows have few rows', scaled(50, 40), 'few rows'],
    ['it leaves its band by little', scaled(2), 'narrow band'],
    ['it comes and goes', past([9, 0, 0, 9, 0, 0, 9, 0, 0, 0]), 'comes back'],
    ['nothing of that', scaled(50), 'unknown'],
  ])('is explained when %s', (_case, given, reason) => {
    const noise = diagnose(given, model());

    expect(noise.reason).toBe(reason);
    expect(noise.why).not.toBe('');
    expect(noise.suggestion === undefined).toBe(reason === 'unknown');
  });
});

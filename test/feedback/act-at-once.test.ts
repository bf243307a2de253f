import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FindingId, UserId } from '../../src/domain/identifiers.ts';
import type { VoteReason } from '../../src/domain/vote.ts';
import {
  historyMarks,
  MOST_KNOWN_DAYS,
  MOST_QUIET_DAYS,
  QUIET_DAYS,
  renewMarks,
  saidOfSeries,
} from '../../src/feedback/index.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { anomaly, finding, NOW, USER } from '../builders/reports.ts';
import { votedReport } from './voted-report.ts';

const OTHER = 'U0RESPOND' as UserId;
type Voted = ReturnType<typeof votedReport>;
let database: Voted['database'];
let clock: Voted['clock'];
let presses: Voted['presses'];
let model: Voted['model'];
let reportId: Voted['reportId'];
let ids: Voted['ids'];

beforeEach(() => {
  ({ database, clock, presses, model, reportId, ids } = votedReport());
});

afterEach(() => database.close());

const active = (at = NOW) => database.stores.seriesMarks.active(model.id, at);
const say = (reason: VoteReason, user = USER) =>
  presses.findingReason({ findingId: ids[0] as FindingId, user, reason });

describe('what a thumb down does at once', () => {
  it('quiets the same pattern of the one series, on its side, about as far, for a quarter', async () => {
    const answer = await say('false_alarm');

    expect(saidOfSeries(active()).quieted).toEqual([
      {
        series: seriesKey(),
        direction: 'down',
        // 512 where 724 was expected.
        departure: { size: 212, left: 512 / 724 },
        longestMs: 2 * 86_400_000,
        untilMs: NOW + QUIET_DAYS * 86_400_000,
        by: USER,
      },
    ]);
    expect(active(NOW + QUIET_DAYS * 86_400_000)).toEqual([]);
    expect(answer.text).toMatch(/about as far and not much longer, it stays quiet\. That lasts until \d+ \w+ 2026/);
  });

  it('masks the windows that were expected once', async () => {
    await say('expected_once');

    const expected = { startMs: day(29).startMs, endMs: day(30).endMs, by: USER };
    expect(saidOfSeries(active()).expectedOnce).toMatchObject([expected]);
    expect(historyMarks(active())?.(seriesKey())?.expected).toEqual([
      { fromMs: expected.startMs, toMs: expected.endMs },
    ]);
  });

  it('begins the history anew at a new normal', async () => {
    await say('new_normal');

    const marks = historyMarks(active());
    expect(marks?.(seriesKey())?.newNormal).toEqual({ fromMs: day(29).startMs, saidMs: NOW });
    expect(marks?.(seriesKey({ column: 'plan' }))).toBeUndefined();
  });

  it('begins the history of coverage anew with that of the missing rate, which tells the same from its other side', async () => {
    const { stores } = database;
    const mark = { modelId: model.id, kind: 'new_normal', fromMs: day(3).startMs, by: USER, at: NOW } as const;
    stores.seriesMarks.put({ ...mark, series: seriesKey({ statistic: 'missing_rate' }) });

    const marks = historyMarks(active());

    expect(marks?.(seriesKey({ statistic: 'coverage' }))?.newNormal).toMatchObject({ fromMs: day(3).startMs });
    expect(marks?.(seriesKey({ statistic: 'coverage', column: 'plan' }))).toBeUndefined();
    expect(marks?.(seriesKey())).toBeUndefined();
  });

  it('lowers the importance of what nobody cares about, and quiets it about as far', async () => {
    const far = 'as long as it goes about as far';
    expect((await say('not_important')).text).toContain(
      `${far} (however far, once you say so of another report), unless`,
    );
    expect((await say('not_important', OTHER)).text).toContain(`${far}, unless it breaks`);

    expect(saidOfSeries(active()).unimportant).toEqual(['age', 'age']);
    expect(saidOfSeries(active()).quieted).toMatchObject([
      { by: USER, departure: { size: 212 } },
      { by: OTHER, departure: { size: 212 } },
    ]);
    const later = saidOfSeries(active(NOW + QUIET_DAYS * 86_400_000));
    expect(later).toMatchObject({ quieted: [], unimportant: ['age', 'age'] });
  });

  it('quiets what an owner twice called unimportant on its side however far it goes', async () => {
    await say('not_important');
    const { stores } = database;
    stores.reports.move(reportId, ['firing'], { state: 'resolved', at: NOW, window: day(30) });
    const other = stores.reports.insert({
      modelId: model.id,
      severity: 'high',
      opened: day(40),
      findings: [finding()],
    });
    const findingId = other.findings[0]?.id as FindingId;

    const answer = await presses.findingReason({ findingId, user: USER, reason: 'not_important' });

    expect(answer.text).toContain('however far it goes, unless it breaks');
    const [first, second] = saidOfSeries(active()).quieted;
    expect(first).toMatchObject({ direction: 'down', departure: { size: 212 } });
    expect(second).toMatchObject({ direction: 'down' });
    expect(second).not.toHaveProperty('departure');
  });

  it('waits for somebody else where one person, who is no owner, has marked many series of the model this week', async () => {
    const findings = Array.from({ length: 50 }, (_, index) =>
      finding({ worst: anomaly({ series: seriesKey({ column: `c${index}` }) }) }),
    );
    database.stores.reports.move(reportId, ['firing'], { state: 'resolved', at: NOW, window: day(30) });
    const many = database.stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(30), findings });
    const ofMany = () => active().filter(({ reportId: of }) => of === many.id);

    const answer = await presses.voteReason({ reportId: many.id, user: OTHER, reason: 'false_alarm' });

    expect(ofMany()).toHaveLength(5);
    expect(answer.text).toMatch(
      /For c5 mean, c6 mean, c7 mean and 42 more your vote is kept and does nothing at once: .* may in a week, 5 \(an owner’s 30\)/,
    );
    // One by one it is no different.
    for (const { id } of many.findings)
      await presses.findingReason({ findingId: id, user: OTHER, reason: 'expected_once' });
    expect(new Set(ofMany().map(({ series }) => series.column)).size).toBe(5);

    // An owner may expect anything, and quiet a good part of it.
    await presses.voteReason({ reportId: many.id, user: USER, reason: 'false_alarm' });
    expect(ofMany().filter(({ by }) => by === USER)).toHaveLength(30);
    await presses.voteReason({ reportId: many.id, user: USER, reason: 'expected_once' });
    expect(ofMany().filter(({ by }) => by === USER)).toHaveLength(50);
  });

  it('goes on for as long as the pattern comes again, for half a year', async () => {
    await say('false_alarm');
    const DAY_MS = 86_400_000;
    const held = (to: number, series = seriesKey()) => ({
      ...finding({ series, to: day(to) }),
      heldBy: 'quieted' as const,
    });
    const expiry = () => database.stores.seriesMarks.active(model.id, NOW)[0]?.expiresAt;
    const renew = (to: number, series = seriesKey()) =>
      renewMarks(database.stores, { model, held: [held(to, series)], now: NOW });

    renew(60, seriesKey({ column: 'plan' }));
    expect(expiry()).toBe(NOW + QUIET_DAYS * DAY_MS);
    renew(60);
    expect(expiry()).toBe(day(60).endMs + QUIET_DAYS * DAY_MS);
    // Judged again, or out of order: nothing is taken back.
    renew(50);
    expect(expiry()).toBe(day(60).endMs + QUIET_DAYS * DAY_MS);
    renew(400);
    expect(expiry()).toBe(NOW + MOST_QUIET_DAYS * DAY_MS);
  });

  it('goes on when it held the twin of its series, on the other side', async () => {
    const { stores } = database;
    const share = (statistic: 'coverage' | 'missing_rate', value: number, baseline: number) =>
      anomaly({ series: seriesKey({ statistic }), value, forecast: { baseline, lower: baseline, upper: baseline } });
    const put = { kind: 'quieted', fromMs: 0, by: USER, at: NOW, expiresAt: NOW + 1 } as const;
    stores.seriesMarks.put({
      ...put,
      modelId: model.id,
      series: seriesKey({ statistic: 'missing_rate' }),
      isAbove: true,
    });
    const renew = (worst: ReturnType<typeof anomaly>) =>
      renewMarks(stores, { model, held: [{ ...finding({ worst, to: day(60) }), heldBy: 'quieted' }], now: NOW });

    renew(share('coverage', 0.95, 0.9));
    expect(active()[0]).not.toHaveProperty('lastHeldMs');
    renew(share('coverage', 0.6, 0.9));
    expect(active()[0]).toMatchObject({ lastHeldMs: day(60).endMs });
  });

  describe('of what people have called a false alarm for long', () => {
    const DAY_MS = 86_400_000;
    /** Voted on so many days before, in a report of its own. */
    async function called(
      days: number,
      press: (findingId: FindingId) => Promise<unknown>,
      { one = finding(), votedDays = days } = {},
    ) {
      const { stores } = database;
      stores.reports.move(reportId, ['firing'], { state: 'resolved', at: NOW, window: day(30) });
      const startMs = NOW - days * DAY_MS;
      const window = { key: `${days} days before`, startMs, endMs: startMs + DAY_MS };
      const told = { ...one, from: window, to: window };
      const report = stores.reports.insert({ modelId: model.id, severity: 'high', opened: window, findings: [told] });
      stores.reports.move(report.id, ['firing'], { state: 'resolved', at: NOW, window });
      clock.set(NOW - votedDays * DAY_MS);
      await press(report.findings[0]?.id as FindingId);
      clock.set(NOW);
    }
    const falseAlarm = (findingId: FindingId) =>
      presses.findingReason({ findingId, user: USER, reason: 'false_alarm' });
    const daysQuiet = async () => {
      const answer = await say('false_alarm');
      const [mark] = active().filter(({ findingId }) => findingId === ids[0]);
      return { days: Math.round(((mark?.expiresAt ?? 0) - NOW) / DAY_MS), text: answer.text };
    };

    it('lasts for as long again, which the answer says', async () => {
      await called(400, falseAlarm);

      const { days, text } = await daysQuiet();

      expect(days).toBe(400);
      expect(text).toContain('as it has been called a false alarm for as long');
    });

    it.each([
      ['a quarter at least', 20, QUIET_DAYS],
      ['two years at most', 1_500, MOST_KNOWN_DAYS],
    ])('lasts for %s', async (_case, since, expected) => {
      await called(since, falseAlarm);

      expect((await daysQuiet()).days).toBe(expected);
    });

    it('is not made shorter by what it holds', async () => {
      await called(400, falseAlarm);
      await daysQuiet();
      const held = [{ ...finding({ to: day(60) }), heldBy: 'quieted' as const }];

      renewMarks(database.stores, { model, held, now: NOW });

      const [mark] = active().filter(({ findingId }) => findingId === ids[0]);
      expect(mark).toMatchObject({ expiresAt: NOW + 400 * DAY_MS, lastHeldMs: day(60).endMs });
    });

    it('counts from when it was said, not from when it was', async () => {
      await called(4_000, falseAlarm, { votedDays: 1 });

      const { days, text } = await daysQuiet();

      expect(days).toBe(QUIET_DAYS);
      expect(text).not.toContain('for as long');
    });

    it('lasts for a quarter where people called real what is on that side, and where they spoke of another', async () => {
      const above = finding({ worst: anomaly({ value: 936 }) });
      await called(400, falseAlarm, { one: above });
      expect((await daysQuiet()).days).toBe(QUIET_DAYS);

      await called(500, falseAlarm);
      await called(450, (findingId) => presses.findingVote({ findingId, user: USER, verdict: 'real' }));
      expect((await daysQuiet()).days).toBe(QUIET_DAYS);
    });
  });

  it('is about all findings when the whole report is voted on', async () => {
    await presses.voteReason({ reportId, user: USER, reason: 'false_alarm' });

    expect(active().map(({ series }) => series.column)).toEqual(['age', 'plan']);
  });

  it('gives way when the same person thinks otherwise, and leaves what others said', async () => {
    await say('false_alarm');
    await say('false_alarm', OTHER);
    await say('expected_once');

    expect(active().map(({ kind, by }) => [kind, by])).toEqual([
      ['quieted', OTHER],
      ['expected_once', USER],
    ]);

    const answer = await presses.findingVote({ findingId: ids[0] as FindingId, user: USER, verdict: 'real' });
    const [others] = active();
    expect(active().map(({ by }) => by)).toEqual([OTHER]);
    expect(answer.text).toBe(
      `Noted: this finding is real. Thank you. What your earlier vote did at once to age mean is undone. A vote of @${OTHER} keeps age mean quiet when it comes again about as far: the night weighs all votes, and “/drift marks churn undo ${others?.id}” ends it now.`,
    );
  });

  it('names who keeps something quiet so that the name is shown', async () => {
    await say('false_alarm', OTHER);

    const { blocks } = await presses.vote({ reportId, user: USER, verdict: 'real' });

    expect(JSON.stringify(blocks)).toContain(`A vote of "},{"type":"user","userId":"${OTHER}"}`);
  });

  it('is not said to stand where it is of what went another way, or further', async () => {
    const { stores } = database;
    const put = { kind: 'quieted', fromMs: 0, by: OTHER, at: NOW, expiresAt: NOW + 9, modelId: model.id } as const;
    stores.seriesMarks.put({ ...put, series: seriesKey(), isAbove: true, departure: { size: 212 } });
    stores.seriesMarks.put({ ...put, series: seriesKey(), isAbove: false, departure: { size: 1_000 } });

    const { text } = await presses.vote({ reportId, user: USER, verdict: 'real' });

    expect(text).toBe('Noted: this report is real. Thank you.');
  });
});

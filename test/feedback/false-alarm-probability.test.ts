import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/index.ts';
import type { FindingId, ReportId, UserId } from '../../src/domain/identifiers.ts';
import type { Model } from '../../src/domain/model.ts';
import type { Verdict, VoteReason } from '../../src/domain/vote.ts';
import { falseAlarmDoubt, isEnough, type VotedPattern } from '../../src/feedback/votes/false-alarm-probability.ts';
import { toldFindings, votedReports } from '../../src/feedback/votes/told-findings.ts';
import { wrongShares } from '../../src/feedback/votes/voter-reliability.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { anomaly, finding, NOW, USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

const ANNA = 'U0ANNA001' as UserId;
const BEN = 'U0BEN0001' as UserId;
const AGE = seriesKey();
const PLAN = seriesKey({ column: 'plan' });
let database: Database;
let model: Model;
beforeEach(() => {
  database = memoryDatabase();
  model = registeredModel(database.stores);
});
afterEach(() => database.close());

interface Cast {
  readonly departure?: number;
  readonly series?: typeof AGE;
  readonly by?: UserId;
  readonly verdict?: Verdict;
  readonly reason?: VoteReason;
  /** Of a finding that was told before. */
  readonly again?: { readonly reportId: ReportId; readonly findingId: FindingId };
}

/** A finding below its baseline, in a report of its own, and a vote on it: down, unless told otherwise. */
function cast({ departure = 4, series = AGE, by = ANNA, verdict = 'not_useful', reason, again }: Cast = {}) {
  const { stores } = database;
  const told = again ?? tell(departure, series);
  stores.votes.put({ ...told, by, verdict, at: NOW, ...(reason && { reason }) });
  return told;
}
function tell(departure: number, series: typeof AGE) {
  const { reports } = database.stores;
  const forecast = { baseline: 20, lower: 19, upper: 21 };
  const worst = anomaly({ series, window: day(1), value: forecast.baseline - departure, forecast });
  const one = finding({ worst, anomalies: [worst] });
  const report = reports.insert({ modelId: model.id, severity: 'high', opened: day(1), findings: [one] });
  reports.move(report.id, ['firing'], { state: 'resolved', at: NOW, window: day(1) });
  return { reportId: report.id, findingId: report.findings[0]?.id as FindingId };
}
const pattern = { series: AGE, isAbove: false, departure: { size: 4 } };
const doubt = () => {
  const { stores } = database;
  return falseAlarmDoubt(toldFindings(model, votedReports(stores, model)), wrongShares(stores.votes.spoken()));
};
const probability = (of: VotedPattern = pattern) => doubt().probability(of);

describe('how sure it is that what was voted down is a false alarm', () => {
  it('is nine in ten for one vote where nothing else is known, by hand', () => {
    cast();

    // Half before, and odds of nine to one of who is wrong one time in ten.
    expect(probability()).toBeCloseTo(0.9, 6);
    expect(isEnough(probability())).toBe(true);
    expect(isEnough(probability(), true)).toBe(false);
  });

  it('falls with what people called real on the series, however far it went, by hand', () => {
    cast();
    for (const departure of [40, 50]) cast({ departure, verdict: 'real' });

    // (1 * 0.5 + 0) / (1 + 2) before: odds of one to five, times nine.
    expect(probability()).toBeCloseTo(9 / 14, 6);
    expect(isEnough(probability())).toBe(false);
  });

  it('counts what was said of the coverage for the missing rate, on the other side', () => {
    const of = (statistic: 'coverage' | 'missing_rate') => ({ ...AGE, statistic });
    for (const departure of [40, 50]) cast({ series: of('coverage'), departure, verdict: 'real' });
    cast({ series: of('coverage') });

    // As if it were one series: by hand, as below.
    expect(probability({ ...pattern, series: of('missing_rate'), isAbove: true })).toBeCloseTo(9 / 14, 6);
    expect(probability({ ...pattern, series: of('coverage') })).toBeCloseTo(9 / 14, 6);
  });

  it('falls with what people called real on other series of the model, by hand', () => {
    cast();
    for (let at = 0; at < 20; at += 1) cast({ series: PLAN, verdict: 'real' });

    // (10 * 0.5 + 0) / (10 + 20) before: odds of one to five, times nine.
    expect(probability()).toBeCloseTo(9 / 14, 6);
  });

  it('is back with a second vote on another report', () => {
    for (let at = 0; at < 20; at += 1) cast({ series: PLAN, verdict: 'real' });
    cast();
    expect(isEnough(probability())).toBe(false);

    cast({ departure: 5 });

    expect(probability()).toBeCloseTo(81 / 86, 6);
    expect(isEnough(probability())).toBe(true);
  });

  it('is none where more weight calls it real, and of one vote where it is a tie', () => {
    const told = cast();
    cast({ again: told, by: BEN, verdict: 'real' });
    // Not the half of two words that cancel.
    const wrong = wrongShares(database.stores.votes.spoken()).of(ANNA);
    expect(wrong).toBeGreaterThan(0.1);
    expect(probability()).toBeCloseTo(1 - wrong, 6);

    cast({ again: told, by: USER, verdict: 'real' });

    expect(probability()).toBe(0);
  });

  it('says nothing of the other side, and takes what was expected or is the new normal for no word', () => {
    cast();
    const alone = probability();
    for (const reason of ['expected_once', 'new_normal'] as const) cast({ departure: 40, reason });

    expect(probability()).toBe(alone);
    expect(probability({ ...pattern, isAbove: true })).not.toBe(alone);
    // Nobody voted on that side: it is as likely as elsewhere on the model.
    expect(probability({ ...pattern, isAbove: true })).toBeCloseTo((5 + 1) / (10 + 1), 6);
  });

  it('rises with each vote down and falls with each vote up, within none and all', () => {
    const votes = fc.array(fc.record({ departure: fc.constantFrom(4, 5, 40), isDown: fc.boolean() }), { maxLength: 6 });
    fc.assert(
      fc.property(votes, fc.constantFrom(4, 40), (given, departure) => {
        database.close();
        database = memoryDatabase();
        model = registeredModel(database.stores);
        for (const one of given) cast({ ...one, verdict: one.isDown ? 'not_useful' : 'real' });
        const before = probability();
        cast({ departure });
        const down = probability();
        for (let at = 0; at < 2; at += 1) cast({ departure, verdict: 'real' });
        const up = probability();

        expect(before).toBeGreaterThanOrEqual(0);
        expect(down).toBeGreaterThanOrEqual(before - 1e-12);
        expect(up).toBeLessThanOrEqual(down + 1e-12);
        expect(down).toBeLessThan(1);
      }),
      { numRuns: 30 },
    );
  });

  it('tells who is contradicted often from what people mostly call real', () => {
    expect(doubt().why(ANNA)).toBe('mostly_real');
    for (let at = 0; at < 30; at += 1) {
      const told = cast({ series: PLAN });
      cast({ again: told, by: BEN, verdict: 'real' });
    }
    expect(doubt().why(ANNA)).toBe('contradicted');
  });
});

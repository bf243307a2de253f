import { describe, expect, it } from 'vitest';
import { offsetNames } from '../../src/domain/correction.ts';
import type { FindingId, ReportId } from '../../src/domain/identifiers.ts';
import { NOTHING_LEARNED } from '../../src/domain/learned-version.ts';
import { chooseQuestions, type Unvoted } from '../../src/feedback/health/choose-questions.ts';
import { seriesKey } from '../builders/detections.ts';
import { seen } from '../builders/labels.ts';
import { NOW } from '../builders/reports.ts';

const DAY_MS = 86_400_000;
const finding = (id: number, evidence: number, overrides: Partial<Unvoted> = {}): Unvoted => ({
  ...{ model: 'churn', reportId: 1 as ReportId, findingId: id as FindingId, isAbove: true, atMs: NOW },
  ...{ series: seriesKey({ column: `c${id}` }), seen: seen(evidence), ...overrides },
});
const chosen = (...given: readonly Unvoted[]) =>
  chooseQuestions(given, { correction: NOTHING_LEARNED, now: NOW }).map(({ findingId }) => findingId);

describe('the verdicts that a digest asks for', () => {
  it('are the two that the second stage is least sure of', () => {
    // ln 4 / 0.5: the evidence at which a finding is as likely real as not.
    const evenly = Math.log(4) / 0.5;

    expect(chosen(finding(1, 15), finding(2, evenly + 1), finding(3, evenly), finding(4, evenly + 2))).toEqual([3, 2]);
  });

  it('are recent ones first', () => {
    expect(chosen(finding(1, 3, { atMs: NOW - 20 * DAY_MS }), finding(2, 4), finding(3, 4.1))).toEqual([2, 3]);
  });

  it('are about different columns', () => {
    const series = seriesKey();

    expect(chosen(finding(1, 3, { series }), finding(2, 3.1, { series }), finding(3, 5))).toEqual([1, 3]);
  });

  it('are none where everything is as good as certain', () => {
    const certain = [finding(1, 18), finding(2, 20)];
    const upvoted = Object.fromEntries(certain.map((one) => [offsetNames(one).series, 4]));
    const correction = { ...NOTHING_LEARNED, offsets: { ...NOTHING_LEARNED.offsets, series: upvoted } };

    expect(chooseQuestions(certain, { correction, now: NOW })).toEqual([]);
    // Far out is rare, and not yet what people call real.
    expect(chosen(...certain)).toEqual([1, 2]);
  });
});

import { describe, expect, it } from 'vitest';
import { NOTHING_LEARNED } from '../../src/domain/learned-version.ts';
import { compareOnVotes, type JudgedIncident, objections } from '../../src/feedback/learning/gate.ts';
import type { Judged } from '../../src/feedback/learning/label-quality.ts';
import { createSeededRandom } from '../../src/platform/random.ts';

const judged = (isReal: boolean, isTold: boolean, weight = 1): Judged => ({
  ...{ isReal, isTold, weight },
  probability: isTold ? 0.6 : 0.1,
});
/** Told before; after it as is said. */
const incident = (isReal: boolean, isToldAfter: boolean, weight = 1): JudgedIncident => ({
  before: [judged(isReal, true, weight)],
  after: [judged(isReal, isToldAfter, weight)],
});
const figures = { precision: 0.8, recall: 0.9, logLoss: 0.4 };
const asBefore = { before: figures, after: figures };
const asked = (incidents: readonly JudgedIncident[]) =>
  objections(compareOnVotes(incidents, createSeededRandom(1)), asBefore, {
    candidate: NOTHING_LEARNED,
    quiet: new Map(),
  });
const many = (count: number, one: JudgedIncident) => Array.from({ length: count }, () => one);

describe('the gate on what a candidate would quiet', () => {
  it('lets a candidate pass that quiets what people call useless', () => {
    expect(asked([...many(30, incident(false, false)), ...many(60, incident(true, true))])).toEqual([]);
  });

  it('refuses one of whose newly quiet incidents more than a fifth are real, however much better its probabilities are', () => {
    // One real in a hundred is lost, which the margin on recall allows.
    const incidents = [...many(30, incident(true, true, 3)), incident(true, false), ...many(3, incident(false, false))];

    expect(asked(incidents)).toContain('of what it would quiet, 25 % is what people call real, more than 20 %');
    expect(asked([...incidents, ...many(1, incident(false, false))])).not.toContainEqual(
      expect.stringContaining('of what it would quiet'),
    );
  });
});

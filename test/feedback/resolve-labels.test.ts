import { describe, expect, it } from 'vitest';
import type { FindingId, LabelId, UserId } from '../../src/domain/identifiers.ts';
import type { StoredLabel } from '../../src/domain/label.ts';
import type { Vote } from '../../src/domain/vote.ts';
import { resolveLabels } from '../../src/feedback/labels/resolve-labels.ts';
import { standingLabels } from '../../src/feedback/labels/standing-labels.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { seen, vote, votedWindow } from '../builders/labels.ts';
import { NOW, USER } from '../builders/reports.ts';

const model = { slug: 'churn', owners: [USER] };
const FINDING = 1 as FindingId;
const resolve = (votes: readonly Vote[], said: readonly StoredLabel[] = []) => resolveLabels(model, votes, said);
const told = (votes: readonly Vote[]) =>
  resolve(votes).map(({ verdict, weight }) => [verdict, Number(weight.toFixed(6))]);

describe('the rule by which votes become labels', () => {
  it.each([
    ['a vote on the finding counts 1', [vote('U1', { findingId: FINDING })], [['not_useful', 1]]],
    ['on its whole report 0.3', [vote('U1')], [['not_useful', 0.3]]],
    ['an owner counts twice', [vote(USER, { findingId: FINDING, verdict: 'real' })], [['real', 2]]],
    ['a thumb down without a reason half', [withoutReason(vote('U1', { findingId: FINDING }))], [['not_useful', 0.5]]],
    ['what was expected once says nothing of the detector', [vote('U1', { reason: 'expected_once' })], []],
    ['nor does a new normal', [vote('U1', { reason: 'new_normal' })], []],
  ] as const)('%s', (_, votes, expected) => {
    expect(told(votes)).toEqual(expected);
  });

  it('makes no label of a tie', () => {
    const votes = [vote('U1', { findingId: FINDING }), vote('U2', { findingId: FINDING, verdict: 'real' })];

    expect(resolve(votes)).toEqual([]);
  });

  it('lets an owner win against one other person, by the difference', () => {
    const votes = [vote('U1', { findingId: FINDING }), vote(USER, { findingId: FINDING, verdict: 'real' })];

    expect(told(votes)).toEqual([['real', 1]]);
  });

  it('counts the latest of each person, whether on the finding or on the report', () => {
    const first = vote('U1', { findingId: FINDING, at: NOW });
    const later = vote('U1', { verdict: 'real', at: NOW + 1 });

    expect(told([later, first])).toEqual([['real', 0.3]]);
  });

  it('spreads a finding over its windows, and leaves out what was muted or injected', () => {
    const windows = [
      votedWindow(),
      votedWindow({ window: day(31) }),
      votedWindow({ window: day(32), isLeftOut: true }),
    ];

    expect(told([vote('U1', { findingId: FINDING, windows })])).toEqual([
      ['not_useful', 0.5],
      ['not_useful', 0.5],
    ]);
  });

  it('keeps matters of taste apart', () => {
    expect(resolve([vote('U1', { reason: 'not_important' })])[0]?.isMatterOfTaste).toBe(true);
    expect(resolve([vote('U1')])[0]?.isMatterOfTaste).toBe(false);
  });

  it('counts one person who is alone and no owner for five labels of a model at most', () => {
    const votes = Array.from({ length: 50 }, (_, index) =>
      vote('U1', {
        findingId: index as FindingId,
        windows: [votedWindow({ findingId: index as FindingId, window: day(index) })],
      }),
    );

    const labels = resolve(votes);

    expect(labels).toHaveLength(50);
    expect(labels.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(5);
    expect(labels.every(({ isBroad }) => !isBroad)).toBe(true);
  });

  const said: StoredLabel = {
    id: 7 as LabelId,
    series: seriesKey(),
    fromMs: day(30).startMs,
    toMs: day(31).startMs,
    verdict: 'real',
    by: USER,
    at: NOW,
    isMatterOfTaste: false,
    windows: [{ window: day(30), isAbove: true, seen: seen(3) }],
  };

  it('tells what was named by hand from votes, also from votes that were brought along from elsewhere', () => {
    const isSaid = (labels: readonly StoredLabel[]) => resolve([], labels).map((label) => label.isSaid === true);

    expect(isSaid([said])).toEqual([true]);
    expect(isSaid([{ ...said, incident: 'said:3' }])).toEqual([true]);
    expect(isSaid([{ ...said, incident: 'report:12' }])).toEqual([false]);
    expect(resolve([vote('U1', { findingId: FINDING })])[0]).not.toHaveProperty('isSaid');
  });

  const brought = (by: string, overrides: Partial<StoredLabel> = {}): StoredLabel => ({
    ...said,
    ...{ incident: 'report:12', weight: 1, by: by as UserId },
    ...overrides,
  });

  it.each([
    ['nothing for a person who voted here', 'U1', [['not_useful', 1]]],
    ['its share for those who did not', 'U1 U3', [['not_useful', 0.5]]],
    ['all of its weight where none of them did', 'U3', []],
  ] as const)('lets a label that was brought along say %s', (_, people, expected) => {
    const labels = resolve([vote('U1', { findingId: FINDING })], [brought(people)]);

    expect(labels.map(({ verdict, weight }) => [verdict, weight])).toEqual(expected);
  });

  it.each([
    ['the dissent of a person who votes so here, too, once', 'false_alarm', [['real', 0.5]]],
    ['what those who agreed say, where who dissented is of their mind here', undefined, [['real', 2]]],
    ['nothing for who dissented and says here that it was expected', 'expected_once', [['real', 1.5]]],
  ] as const)('counts of a label that was brought along %s', (_, reason, expected) => {
    const label = brought('U3 U4', { weight: 0.5, dissent: [{ by: 'U1' as UserId, weight: 1 }] });
    const { reason: _reason, ...cast } = vote('U1', { findingId: FINDING, verdict: reason ? 'not_useful' : 'real' });

    const labels = resolve([reason === undefined ? cast : { ...cast, reason }], [label]);

    expect(labels.map(({ verdict, weight }) => [verdict, weight])).toEqual(expected);
  });

  it('counts the dissent of a label that was brought along where those who agreed speak here', () => {
    const label = brought('U1', { weight: 0.5, dissent: [{ by: 'U3' as UserId, weight: 0.25 }] });

    expect(resolve([], [label])).toMatchObject([
      { verdict: 'real', weight: 0.5, dissent: [{ by: 'U3', weight: 0.25 }] },
    ]);
    expect(resolve([vote('U1', { findingId: FINDING })], [label])).toMatchObject([
      { verdict: 'not_useful', weight: 1.25, by: ['U1', 'U3'] },
    ]);
  });

  it('keeps who dissents, with the share of the windows', () => {
    const windows = [votedWindow(), votedWindow({ window: day(31) })];
    const votes = [
      vote(USER, { findingId: FINDING, verdict: 'real', windows }),
      vote('U1', { findingId: FINDING, windows }),
    ];

    expect(resolve(votes)[0]).toMatchObject({ weight: 0.5, by: [USER], dissent: [{ by: 'U1', weight: 0.5 }] });
    expect(resolve(votes.slice(0, 1))[0]).not.toHaveProperty('dissent');
  });

  it('takes a vote on a finding for a word on its later windows, too', () => {
    const later = votedWindow({ window: day(31) });
    const votes = [
      vote('U1', { findingId: FINDING }),
      vote('U2', { findingId: FINDING, windows: [votedWindow(), later], at: NOW + 1 }),
    ];
    const windows = [{ window: day(31), isAbove: true, seen: seen(3) }];

    expect(resolve(votes, [brought('U1', { windows })])).toEqual(resolve(votes));
  });

  it('has of what was brought along the newest word of a person', () => {
    const newer = brought('U3 U4', { id: 6 as LabelId, at: NOW + 1, weight: 0.5 });

    const labels = resolve([], [brought('U3', { verdict: 'not_useful' }), newer]);

    expect(labels).toMatchObject([{ verdict: 'real', weight: 0.5, by: ['U3', 'U4'] }]);
  });

  it('counts of what a person says twice by hand the latest where they overlap, whichever span it had', () => {
    const spanOf = (from: number, to: number, overrides: Partial<StoredLabel>): StoredLabel => ({
      ...{ ...said, fromMs: day(from).startMs, toMs: day(to).endMs },
      windows: Array.from({ length: to - from + 1 }, (_, place) => ({
        ...{ window: day(from + place), isAbove: true, seen: seen(3) },
      })),
      ...overrides,
    });
    const first = spanOf(30, 34, { id: 1 as LabelId });
    const later = spanOf(32, 33, { id: 2 as LabelId, verdict: 'not_useful', at: NOW + 1 });
    const verdicts = (labels: readonly StoredLabel[]) =>
      Object.fromEntries(resolve([], labels).map(({ window, verdict }) => [window.key, verdict]));

    expect(verdicts([first, later])).toEqual({
      ...{ [day(30).key]: 'real', [day(31).key]: 'real', [day(34).key]: 'real' },
      ...{ [day(32).key]: 'not_useful', [day(33).key]: 'not_useful' },
    });
    expect(verdicts([later, { ...first, at: NOW + 2 }])).toEqual(verdicts([first]));
    expect(verdicts([first, { ...later, takenBackAt: NOW + 2 }])).toEqual(verdicts([first]));
    // Of another series, or of another person, it says nothing.
    expect(standingLabels([], [first, { ...later, by: 'U3' as UserId }])).toHaveLength(2);
    expect(standingLabels([], [first, { ...later, series: seriesKey({ column: 'plan' }) }])).toContain(first);
  });

  it('counts of a vote and what the same person says by hand of its windows the later', () => {
    const windows = [votedWindow(), votedWindow({ window: day(31) })];
    const voted = vote(USER, { findingId: FINDING, windows, at: NOW });
    const of = (at: number, votes = [voted], more: Partial<StoredLabel> = {}) =>
      resolve(votes, [{ ...said, at, ...more }]).map(({ window, verdict, weight }) => [window.key, verdict, weight]);

    expect(of(NOW + 1)).toEqual([
      [day(31).key, 'not_useful', 1],
      [day(30).key, 'real', 2],
    ]);
    expect(of(NOW - 1)).toEqual([
      [day(30).key, 'not_useful', 1],
      [day(31).key, 'not_useful', 1],
    ]);
    expect(of(NOW + 1, [voted], { takenBackAt: NOW + 2 })).toEqual(of(NOW - 1));
    // The vote of another person stands, where the finding alone would have been a tie.
    const others = [vote(USER, { findingId: FINDING, verdict: 'real', windows }), vote('U1', { at: NOW + 1, windows })];
    expect(of(NOW + 2, others, { verdict: 'not_useful' })[0]).toEqual([day(30).key, 'not_useful', 2]);
  });

  it('learns nothing of what was taken back, nor of the same word where it was brought along', () => {
    const takenBack = { ...said, takenBackAt: NOW + 5 };

    expect(resolve([], [takenBack])).toEqual([]);
    expect(resolve([], [takenBack, brought(USER, { at: NOW + 5 })])).toEqual([]);
    expect(resolve([], [takenBack, brought(`${USER} U3`, { at: NOW + 5 })])).toMatchObject([
      { by: ['U3'], weight: 0.5 },
    ]);
    expect(resolve([], [takenBack, brought(USER, { at: NOW + 6 })])).toHaveLength(1);
  });

  it('holds what was said by hand against the votes on the same window', () => {
    const [label, ...rest] = resolve([vote('U1', { findingId: FINDING })], [said]);

    expect(rest).toEqual([]);
    expect(label).toMatchObject({ verdict: 'real', weight: 1, incident: 'said:7', by: [USER as UserId] });
  });
});

function withoutReason({ reason: _, ...rest }: Vote): Vote {
  return rest;
}

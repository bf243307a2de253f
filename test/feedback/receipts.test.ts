import { describe, expect, it } from 'vitest';
import type { LearningReport } from '../../src/domain/learned-version.ts';
import type { Vote, VoteReason } from '../../src/domain/vote.ts';
import { dryReceiptWords, receiptWords } from '../../src/feedback/index.ts';
import { enqueueReceipts } from '../../src/feedback/learning/receipts.ts';
import { day } from '../builders/detections.ts';
import { label, vote, votedWindow } from '../builders/labels.ts';
import { finding, NOW } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

const figures = { precision: 0.81, recall: 0.9, logLoss: 0.4 };
const reportOf = (counts: Pick<LearningReport, 'findings' | 'quieter' | 'louder'>): LearningReport => ({
  ...{ seed: 1, incidents: 9, windows: 24, effectiveLabels: 17.5, voters: 3, models: ['churn'], untilMs: 0 },
  ...{ votes: { before: figures, after: figures }, base: { before: figures, after: figures } },
  ...{ gain: { low: 0, high: 0.1 }, reasons: [], ...counts },
});

describe('the receipt of a promotion', () => {
  it.each([
    { findings: 0, quieter: 0, louder: 0, says: 'there were no findings in the last 90 days that it could change' },
    { findings: 1, quieter: 0, louder: 0, says: 'the one finding of the last 90 days would not change' },
    { findings: 9, quieter: 0, louder: 0, says: 'none of the 9 findings of the last 90 days would change' },
    { findings: 9, quieter: 4, louder: 0, says: '4 of the 9 findings of the last 90 days would now stay quiet' },
    { findings: 0, quieter: 0, louder: 1, says: '1 window would now be told' },
  ])('says of $findings findings, $quieter quieter and $louder louder: $says', ({ says, ...counts }) => {
    expect(receiptWords(3, reportOf(counts))).toBe(
      `Version 3 of the detector is in force: ${says}; precision 0.81 → 0.81, recall 0.90 → 0.90 on 24 labelled windows. Undo with \`/drift detector rollback\`.`,
    );
  });

  it('says of a dry run what would come into force, as nothing is and nothing is to be undone', () => {
    expect(dryReceiptWords(3, reportOf({ findings: 9, quieter: 4, louder: 0 }))).toBe(
      'Version 3 of the detector would come into force: 4 of the 9 findings of the last 90 days would now stay quiet; precision 0.81 → 0.81, recall 0.90 → 0.90 on 24 labelled windows.',
    );
  });
});

describe('the threads that get one', () => {
  /** One thread, in which so was voted. */
  function told(cast: Partial<Vote>, { isLabelled = true, since = NOW - 1 } = {}): readonly string[] {
    const database = memoryDatabase();
    const { stores } = database;
    const { id: modelId } = registeredModel(stores);
    const report = { modelId, severity: 'high' as const, opened: day(30), findings: [finding()] };
    const { id: reportId } = stores.reports.insert(report);
    stores.votes.put(vote('U0ANNA', { reportId, at: NOW, ...cast }));
    const labels = isLabelled ? [label({ incident: `report:${reportId}` })] : [];
    const version = { number: 2, report: reportOf({ findings: 9, quieter: 4, louder: 0 }) };
    enqueueReceipts(stores, version as Parameters<typeof enqueueReceipts>[1], { labels, since, now: NOW });
    const due = stores.outbox.due(NOW + 1, 9).flatMap((entry) => (entry.kind === 'note' ? [entry.message.text] : []));
    database.close();
    return due;
  }

  it('have votes that were learned for the first time', () => {
    expect(told({})).toEqual([expect.stringMatching(/^1 vote of this report learned\. Version 2/)]);
    expect(told({ verdict: 'real' })).toHaveLength(1);
    expect(told({}, { since: NOW })).toEqual([]);
  });

  it.each<[string, Partial<Vote>]>([
    ...(['expected_once', 'new_normal'] as const).map((reason: VoteReason): [string, Partial<Vote>] => [
      reason,
      { reason },
    ]),
    ['what was muted or injected', { windows: [votedWindow({ isLeftOut: true })] }],
    ['nothing that was judged', { windows: [] }],
  ])('do not have votes of %s only, of which nothing is learned', (_case, cast) => {
    expect(told(cast)).toEqual([]);
  });

  it('do not have votes that cancel each other', () => {
    expect(told({}, { isLabelled: false })).toEqual([]);
  });
});

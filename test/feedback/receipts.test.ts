import { describe, expect, it } from 'vitest';
import type { LearningReport } from '../../src/domain/learned-version.ts';
import { dryReceiptWords, receiptWords } from '../../src/feedback/index.ts';

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

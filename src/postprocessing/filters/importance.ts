import { atLeast, type Filter } from '../filter.ts';

export const importance: Filter = {
  name: 'importance',
  kind: 'judgement',
  isSkippedByCatastrophe: false,
  sentence:
    'A feature of which the importance is known must have so large a share of it; score and traffic are not asked.',
  standard: 'off',
  evidence: 'AlerTiger section 3.4: owners may restrict reports to important features; which ones is theirs to say.',
  judge({ anomaly, context }, { minimumImportance }) {
    const share = context.importance.get(anomaly.series.column);
    if (minimumImportance === 0 || anomaly.series.role !== 'feature' || share === undefined) return undefined;
    return atLeast(share, minimumImportance);
  },
};

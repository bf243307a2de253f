import { atLeast, type Filter } from '../filter.ts';

export const concurrency: Filter = {
  name: 'concurrency',
  kind: 'judgement',
  isSkippedByCatastrophe: true,
  sentence: 'So many features and scores of the model must be anomalous in the same window.',
  standard: 'off',
  evidence:
    'Off in AlerTiger section 3.3 too. A fault of one column is a fault: what moves together is grouped instead of asked for.',
  judge({ facts }, { minimumConcurrent }) {
    return minimumConcurrent === 0 ? undefined : atLeast(facts.anomalousSeries, minimumConcurrent);
  },
};

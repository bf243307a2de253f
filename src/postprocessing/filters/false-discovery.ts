import { columnName } from '../adjusted-tails.ts';
import type { Filter } from '../filter.ts';

export const falseDiscovery: Filter = {
  name: 'false discovery',
  kind: 'judgement',
  isSkippedByCatastrophe: true,
  sentence:
    'Among all columns of the model in the same window its column must stand out: Benjamini-Hochberg over the columns, each by the Simes probability of its series. A window without a tail probability, such as any of `paper`, is not judged by it.',
  standard: 'at most 10 % of the columns that are told may be false with `driftbell`; off with `paper`',
  evidence:
    'A model of 500 healthy series would show one that is rare as one in 1,000 every second day; the procedure asks for more, the more series were looked at.',
  judge({ anomaly, facts }, { falseDiscoveryRate }) {
    const adjusted = facts.adjustedTails.get(columnName(anomaly.series));
    if (falseDiscoveryRate === 1 || anomaly.tail === undefined || adjusted === undefined) return undefined;
    return { isKept: adjusted <= falseDiscoveryRate, measure: adjusted, threshold: falseDiscoveryRate };
  },
};

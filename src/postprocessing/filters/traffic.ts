import { atLeast, type Filter } from '../filter.ts';

export const traffic: Filter = {
  name: 'traffic',
  kind: 'judgement',
  isSkippedByCatastrophe: false,
  sentence: 'The model must have so large a share of the traffic of its group; a model without a group is not asked.',
  standard: '3 %',
  evidence: 'AlerTiger section 3.3, from domain knowledge: test variants with little traffic matter less.',
  judge({ context }, { minimumTrafficRatio }) {
    return context.trafficRatio === null ? undefined : atLeast(context.trafficRatio, minimumTrafficRatio);
  },
};

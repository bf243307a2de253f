import { atLeast, type Filter } from '../filter.ts';
import { severity as severityOf } from '../severity.ts';
import { rarityOf } from './rarity.ts';

export const severity: Filter = {
  name: 'severity',
  kind: 'judgement',
  isSkippedByCatastrophe: true,
  sentence: 'The value must be so many widths of the band from its baseline; asked where there is no tail probability.',
  standard: '1.3 with `paper`, 1 with `code`; stricter where an alert budget has learned so',
  evidence: 'AlerTiger section 3.3, tuned on its validation set; its released inference asks for 1.',
  judge({ anomaly }, settings) {
    if (settings.rarity !== undefined && rarityOf(anomaly) !== undefined) return undefined;
    return atLeast(severityOf(anomaly.value, anomaly.forecast), settings.minimumSeverity);
  },
};

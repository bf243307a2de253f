import { atLeast, type Filter } from '../filter.ts';

/** Rows are what traffic counts: few of them are its news, not a reason to doubt it. */
export const rows: Filter = {
  name: 'rows',
  kind: 'judgement',
  isSkippedByCatastrophe: true,
  sentence:
    'The window must have so many rows; traffic itself is not asked, nor are windows whose rows nobody counted.',
  standard: '30 with the detector `driftbell`; none with `paper`, whose paper has no such rule',
  evidence:
    'At 30 rows one standard error of a share is up to 9 points and of a mean a fifth of its standard deviation, more than the statistics of full windows scatter by.',
  judge({ anomaly }, { minimumRows }) {
    if (minimumRows === 0 || anomaly.series.role === 'traffic' || anomaly.rows === 0) return undefined;
    return atLeast(anomaly.rows, minimumRows);
  },
};

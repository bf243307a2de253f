import { atLeast, type Filter } from '../filter.ts';

/** Rows are what traffic counts: few of them are its news, not a reason to doubt it. */
export const rows: Filter = {
  name: 'rows',
  kind: 'judgement',
  isSkippedByCatastrophe: true,
  sentence:
    'The window must have so many rows; traffic itself is not asked, nor are windows whose rows nobody counted.',
  standard: 'off',
  evidence:
    'A model that always had twenty rows a day has a history that scatters as twenty rows do, and the bands of rates know their rows: an absolute number would silence small models. For one whose rows vary, at 30 rows one standard error of a share is up to 9 points.',
  judge({ anomaly }, { minimumRows }) {
    if (minimumRows === 0 || anomaly.series.role === 'traffic' || anomaly.rows === 0) return undefined;
    return atLeast(anomaly.rows, minimumRows);
  },
};

import { describe, expect, it } from 'vitest';
import type { TablePreview } from '../../src/messages/form.ts';
import { foundView } from '../../src/slack/views/found-view.ts';

const known = { state: 'known', newest: [], newestWindow: '', days: 90, windows: 90 } as const;

function wordsOf(preview: TablePreview): string {
  const found = {
    draftId: 1,
    subject: { kind: 'register' },
    slug: 'churn',
    rows: 10,
    range: '',
    columns: [],
    page: 0,
  } as const;
  return JSON.stringify(foundView({ ...found, remarks: [], preview }).blocks);
}

describe('what a dialog says that would have fired', () => {
  it.each<[string, TablePreview, string]>([
    [
      'all windows were judged',
      { ...known, reports: 2, judgedWindows: 90 },
      'It would have fired 2 times in its newest 90 days.',
    ],
    [
      'some had too little history',
      { ...known, reports: 0, judgedWindows: 62 },
      'It would have fired 0 times in its newest 90 days. 62 of its 90 windows could be judged',
    ],
    [
      'nothing could be judged',
      { ...known, days: 6, windows: 6, reports: 0, judgedWindows: 0 },
      'How often it would have fired is not known: no window of its newest 6 days has enough history',
    ],
    ['it is still counted', { state: 'pending' }, 'Counting what its newest 90 days would have reported'],
    ['it could not be counted', { state: 'unknown', reason: 'It took too long.' }, 'It took too long.'],
  ])('when %s', (_case, preview, words) => {
    expect(wordsOf(preview)).toContain(words);
  });
});

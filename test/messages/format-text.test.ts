import { expect, it } from 'vitest';
import { formatText } from '../../src/messages/format-text.ts';
import { bold, code, text } from '../../src/messages/message.ts';

it('shows every block of a message as plain text, in order', () => {
  const shown = formatText({
    blocks: [
      { type: 'header', text: 'Critical: churn' },
      { type: 'paragraph', content: [text('Try '), code('/drift help'), text(', '), { type: 'user', userId: 'U1' }] },
      { type: 'facts', facts: [{ label: 'Rows', value: [bold('5')] }] },
      { type: 'list', items: [[text('one\nmore')], [text('two')]], overflowNote: 'findings' },
      { type: 'divider' },
      { type: 'image', fileId: 'F1', altText: 'age fell' },
      {
        type: 'actions',
        actions: [
          { type: 'button', action: 'ack', text: 'Acknowledge', value: '1' },
          { type: 'menu', action: 'mute', text: 'Mute', options: [{ text: '1 day', value: '1d' }] },
        ],
      },
      { type: 'context', content: [{ type: 'link', url: 'https://example.org', text: 'docs' }] },
    ],
  });

  expect(shown).toBe(
    [
      'Critical: churn',
      'Try `/drift help`, @U1',
      'Rows: 5',
      '- one\n  more\n- two',
      '---',
      '[picture: age fell]',
      '[Acknowledge] [Mute: 1 day]',
      'docs (https://example.org)',
    ].join('\n\n'),
  );
});

import { describe, expect, it } from 'vitest';
import { bold, code, italic, type Message, type MessageBlock, text } from '../../src/messages/message.ts';
import { formatMessage } from '../../src/slack/block-kit.ts';
import { degrade } from '../../src/slack/degrade.ts';
import { expectGolden } from '../golden.ts';

const report: Message = {
  text: '🛑 Critical: flight-delay. Score mean fell 18 % since Tue 12 Jun; 9 others left their band with it.',
  blocks: [
    { type: 'header', text: '🛑 Critical: flight-delay' },
    { type: 'paragraph', content: [text('Score mean fell 18 % since Tue 12 Jun; 9 others left their band with it.')] },
    {
      type: 'list',
      items: [
        [bold('profile_v2.age mean'), text(' is 41, expected 30 to 33 (+31 %)\n'), italic('2,104 rows · severity 2.1')],
        [bold('origin <unset> share'), text(' is 12 %, expected 0 to 1 %\n'), code('share[`x`]')],
      ],
      overflowNote: 'in “All findings”',
    },
    {
      type: 'facts',
      facts: [
        { label: 'Owner', value: [{ type: 'user', userId: 'U0ANNA' }] },
        { label: 'Channel', value: [{ type: 'channel', channelId: 'C0ALERTS' }] },
        { label: 'Runbook', value: [{ type: 'link', url: 'https://example.com/a?b=1&c=2', text: 'score | drift' }] },
      ],
    },
    { type: 'image', fileId: 'F0123456789', altText: 'score mean 0.21 & expected 0.25 to 0.28', title: 'Last 8 weeks' },
    {
      type: 'feedback',
      action: 'report.vote',
      positive: { text: '👍 Real', value: 'real:7', accessibilityLabel: 'This report is real' },
      negative: { text: '👎 Not useful', value: 'not_useful:7', accessibilityLabel: 'This report is not useful' },
    },
    {
      type: 'actions',
      actions: [
        {
          type: 'button',
          action: 'report.acknowledge',
          text: 'Acknowledge',
          value: '7',
          style: 'primary',
          accessibilityLabel: 'Say that you look after this',
          confirm: { title: 'Sure?', text: 'Everyone sees it.', confirm: 'Yes', deny: 'No' },
        },
        {
          type: 'menu',
          action: 'report.mute',
          text: 'Mute …',
          options: [
            { text: '1 hour', value: '1h:7' },
            { text: '30 days', value: '30d:7' },
          ],
        },
      ],
    },
    { type: 'divider' },
    { type: 'context', content: [text('Day Tue 12 Jun · 👀 acknowledged by '), { type: 'user', userId: 'U0ANNA' }] },
  ],
};

function blocksOf(...blocks: MessageBlock[]) {
  return formatMessage({ text: 't', blocks }).blocks;
}

describe('Block Kit', () => {
  it('is, for a report, as in the golden files', () => {
    expectGolden('block-kit/report.json', formatMessage(report));
    expectGolden('block-kit/report-plain-buttons.json', formatMessage(report, { feedback: 'buttons' }));
    expectGolden('block-kit/report-without-images.json', degrade(report, 'without-images'));
    expectGolden('block-kit/report-text-only.json', degrade(report, 'text-only'));
  });

  it('leaves out what has nothing to show', () => {
    const blocks = blocksOf(
      { type: 'header', text: ' ' },
      { type: 'paragraph', content: [] },
      { type: 'context', content: [text('\u200B')] },
      { type: 'list', items: [], overflowNote: 'x' },
      { type: 'facts', facts: [] },
      { type: 'actions', actions: [{ type: 'menu', action: 'a.b', text: 'm', options: [] }] },
    );

    expect(blocks).toEqual([]);
  });

  it('gives a message without words a text all the same', () => {
    expect(formatMessage({ text: '', blocks: [] })).toEqual({ text: 'A message from Driftbell', blocks: [] });
  });

  it('keeps a picture that cannot be shown as its description', () => {
    const blocks = blocksOf({ type: 'image', fileId: 'not a file', altText: 'score 0.2 of 0.3' });

    expect(blocks).toMatchObject([{ type: 'context', elements: [{ text: 'score 0.2 of 0.3' }] }]);
  });

  it('spreads buttons of one id over blocks of their own, and leaves out one whose value Slack would refuse', () => {
    const button = (value: string) => ({ type: 'button', action: 'report.details', text: 'Details', value }) as const;

    const blocks = blocksOf({ type: 'actions', actions: [button('1'), button('2'), button('9'.repeat(2_001))] });

    expect(blocks).toMatchObject([{ elements: [{ value: '1' }] }, { elements: [{ value: '2' }] }]);
  });

  it('gives up ornaments, then remarks, then details, and says so', () => {
    const long = (word: string) => [text(`${word} `.repeat(500))];
    const message: Message = {
      text: 't',
      blocks: [
        { type: 'header', text: 'Header' },
        { type: 'paragraph', content: long('first') },
        ...Array.from({ length: 4 }, (): MessageBlock => ({ type: 'context', content: long('remark') })),
        { type: 'divider' },
        { type: 'facts', facts: [{ label: 'fact', value: [text('1')] }] },
        { type: 'paragraph', content: long('second') },
        { type: 'list', items: Array.from({ length: 99 }, () => long('item')), overflowNote: 'in the thread' },
        { type: 'actions', actions: [{ type: 'button', action: 'a.b', text: 'Press', value: '1' }] },
      ],
    };

    const { blocks } = formatMessage(message);

    const told = JSON.stringify(blocks);
    expect(blocks.map(({ type }) => type)).not.toContain('divider');
    for (const kept of ['Header', 'first', 'fact', 'second', 'more in the thread', 'Press', 'Shortened to fit']) {
      expect(told).toContain(kept);
    }
  });
});

import fc from 'fast-check';
import type { ChartTable } from '../../src/domain/chart-table.ts';
import type { Action, Inline, InlineRun, Message, MessageBlock } from '../../src/messages/message.ts';

const LONG_NAME = 500;

/** What users, tables and attackers put into names. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', ' ', '\n', '\u200B', '\u0000', '…', '*', '_x_', '`', '<!channel>', '<@U123>', '&amp;', ':bell:'),
  fc.constantFrom(
    '\uD83D',
    '\uDE00',
    '👩‍👩‍👧‍👦',
    'مرحبا بالعالم',
    '\u202Eevil',
    'a\u0301'.repeat(300),
    '> quoted',
    '~5%',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: LONG_NAME }))
    .map(([part, times]) => part.repeat(times)),
  fc
    .array(fc.constantFrom('& ', '<b>', '*x* ', '👍 ', 'word ', '\n'), { maxLength: 900 })
    .map((parts) => parts.join('')),
);

export const anyRun: fc.Arbitrary<InlineRun> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: nastyText }),
  fc.record({
    type: fc.constant('text' as const),
    text: nastyText,
    style: fc.constantFrom('bold' as const, 'italic' as const, 'code' as const),
  }),
  fc.record({ type: fc.constant('user' as const), userId: fc.oneof(fc.constant('U0ANNA'), nastyText) }),
  fc.record({ type: fc.constant('channel' as const), channelId: fc.oneof(fc.constant('C0ALERTS'), nastyText) }),
  fc.record({
    type: fc.constant('link' as const),
    url: fc.oneof(fc.constant('https://example.com/?a=1&b=|'), fc.constant('javascript:alert(1)'), nastyText),
    text: nastyText,
  }),
);

export const anyInline: fc.Arbitrary<Inline> = fc.array(anyRun, { maxLength: 6 });

const anyAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    type: fc.constant('button' as const),
    action: fc.oneof(fc.constantFrom('report.details', 'report.acknowledge'), nastyText),
    text: nastyText,
    value: nastyText,
    accessibilityLabel: nastyText,
    confirm: fc.record({ title: nastyText, text: nastyText, confirm: nastyText, deny: nastyText }),
  }),
  fc.record({
    type: fc.constant('menu' as const),
    action: fc.oneof(fc.constant('report.mute'), nastyText),
    text: nastyText,
    options: fc.array(fc.record({ text: nastyText, value: nastyText }), { maxLength: 120 }),
  }),
);

const choice = fc.record({ text: nastyText, value: nastyText, accessibilityLabel: nastyText });

const anyTable: fc.Arbitrary<ChartTable> = fc
  .record({
    title: nastyText,
    look: fc.constantFrom('line' as const, 'bar' as const),
    categories: fc.array(nastyText, { maxLength: 30 }),
    series: fc.array(fc.record({ name: nastyText, values: fc.array(fc.double(), { maxLength: 30 }) }), {
      maxLength: 9,
    }),
    unit: nastyText,
  })
  .chain((table) =>
    // Most tables are whole: a number for each category.
    fc.boolean().map((isWhole) =>
      isWhole
        ? {
            ...table,
            series: table.series.map(({ name }) => ({ name, values: table.categories.map((_, at) => at) })),
          }
        : table,
    ),
  );

const anyBlock: fc.Arbitrary<MessageBlock> = fc.oneof(
  fc.record({ type: fc.constant('header' as const), text: nastyText }),
  fc.record({ type: fc.constant('paragraph' as const), content: anyInline }),
  fc.record({
    type: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: nastyText, value: anyInline }), { maxLength: 25 }),
  }),
  fc.record({
    type: fc.constant('list' as const),
    items: fc.array(anyInline, { maxLength: 60 }),
    overflowNote: nastyText,
  }),
  fc.record({
    type: fc.constant('image' as const),
    fileId: fc.oneof(fc.constant('F0123456789'), nastyText),
    altText: nastyText,
    title: nastyText,
    table: anyTable,
  }),
  fc.record({ type: fc.constant('chart' as const), table: anyTable, altText: nastyText }),
  fc.record({ type: fc.constant('actions' as const), actions: fc.array(anyAction, { maxLength: 40 }) }),
  fc.record({
    type: fc.constant('feedback' as const),
    action: fc.oneof(fc.constant('report.vote'), nastyText),
    positive: choice,
    negative: choice,
  }),
  fc.record({ type: fc.constant('context' as const), content: anyInline }),
  fc.record({ type: fc.constant('divider' as const) }),
);

export const anyMessage: fc.Arbitrary<Message> = fc.record({
  text: nastyText,
  blocks: fc.array(anyBlock, { maxLength: 70 }),
});

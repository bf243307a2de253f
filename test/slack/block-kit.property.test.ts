import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/messages/message.ts';
import { formatMessage, type SlackMessage } from '../../src/slack/block-kit.ts';
import { textLength } from '../../src/slack/budget.ts';
import { degradations, degrade } from '../../src/slack/degrade.ts';
import { formatInline } from '../../src/slack/inline.ts';
import { limits } from '../../src/slack/limits.ts';
import { validateBlocks } from '../../src/workspace/blocks/validate.ts';
import { anyInline, anyMessage } from './arbitrary-message.ts';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 60);

/** About 350 ms on two idle cores; this only has to catch work that grows with what is left out. */
const QUICK_MS = 5_000;

/** The local workspace's own validator, written apart from the formatter. */
function problemsOf({ text, blocks }: SlackMessage): readonly string[] {
  const ids: string[] = [];
  const check = validateBlocks(blocks, {
    surface: 'message',
    root: '/blocks',
    isReadyImage: () => true,
    nextId: (prefix) => `${prefix}${ids.push(prefix)}`,
  });
  const badText = text.trim() === '' || text.length > limits.fallbackChars ? ['bad text'] : [];
  return [...(check.ok ? [] : check.problems), ...badText];
}

describe('formatMessage', () => {
  it('gives blocks that Slack takes, whatever the message', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(problemsOf(formatMessage(message))).toEqual([]);
        expect(problemsOf(formatMessage(message, { feedback: 'buttons' }))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('gives blocks that Slack takes at every degradation', () => {
    fc.assert(
      fc.property(anyMessage, fc.constantFrom(...degradations), (message, level) => {
        const plainer = degrade(message, level);

        expect(problemsOf(plainer)).toEqual([]);
        expect(plainer.blocks.some(({ type }) => type === 'image')).toBe(false);
        if (level !== 'without-images') {
          expect(plainer.blocks.some(({ type }) => type === 'context_actions')).toBe(false);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('never lets data mention, link or break an escape, wherever it is cut', () => {
    fc.assert(
      fc.property(anyInline, fc.integer({ min: 1, max: 300 }), (content, limit) => {
        const text = formatInline(content, limit);

        expect(text.length).toBeLessThanOrEqual(limit);
        const withoutOurs = text
          .replace(/<[@#][A-Z0-9]+>/g, '')
          .replace(/<(https?:\/\/|mailto:)[^<>|\s]+\|[^<>|]+>/g, '');
        expect(withoutOurs).not.toMatch(/[<>]/);
        expect(withoutOurs.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/&/);
        expect(text).not.toMatch(/\p{Surrogate}/u);
        expect(text).not.toMatch(/[\u202A-\u202E]/);
      }),
      { numRuns: RUNS * 20 },
    );
  });

  it('counts as many as it was given: shown lines and the number in the last one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 200 }), (count, length) => {
        const items = Array.from({ length: count }, () => [{ type: 'text' as const, text: 'x'.repeat(length) }]);
        const list: Message = { text: 't', blocks: [{ type: 'list', items, overflowNote: 'in the thread' }] };

        const lines = formatMessage(list).blocks.flatMap((block) =>
          block.type === 'section' ? (block.text?.text ?? '').split('\n') : [],
        );
        const left = /^\+(\d+) more in the thread$/.exec(lines.at(-1) ?? '');

        expect(lines.length - (left === null ? 0 : 1) + Number(left?.[1] ?? 0)).toBe(count);
      }),
      { numRuns: RUNS },
    );
  });

  it('stays quick with ten thousand findings of five hundred characters and a text of ten megabytes', () => {
    const name = '🛑 <user_id> & *co* '.repeat(25);
    const items = Array.from({ length: 10_000 }, () => [{ type: 'text' as const, text: name, style: 'bold' as const }]);
    const message: Message = {
      text: 'x & y '.repeat(1_700_000),
      blocks: [
        { type: 'header', text: name },
        { type: 'list', items, overflowNote: 'in the thread' },
        { type: 'paragraph', content: [{ type: 'text', text: 'x & y '.repeat(1_700_000) }] },
      ],
    };

    const startedAt = performance.now();
    const formatted = formatMessage(message);

    expect(performance.now() - startedAt).toBeLessThan(QUICK_MS);
    expect(problemsOf(formatted)).toEqual([]);
    expect(textLength(formatted.blocks)).toBeLessThanOrEqual(limits.messageChars);
  });
});

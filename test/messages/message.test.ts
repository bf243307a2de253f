import { describe, expect, it } from 'vitest';
import { code, plainMessage, sentence, text } from '../../src/messages/message.ts';

describe('sentence', () => {
  it.each([
    { content: 'Type `/drift help` now', runs: [text('Type '), code('/drift help'), text(' now')] },
    { content: '`/drift`', runs: [code('/drift')] },
    { content: 'no code', runs: [text('no code')] },
    { content: 'one ` only', runs: [text('one ` only')] },
  ])('reads $content', ({ content, runs }) => {
    expect(sentence(content)).toEqual(runs);
  });

  it('is without backticks in the plain text of a message', () => {
    expect(plainMessage('Type `/drift help`').text).toBe('Type “/drift help”');
  });
});

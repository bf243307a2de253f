import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainIssue } from '../../src/domain/explain-issue.ts';

describe('explainIssue', () => {
  it.each([
    { schema: z.number().max(65_535), value: 70_000, words: 'at most 65535' },
    { schema: z.number().min(0), value: -5, words: 'at least 0' },
    { schema: z.number().int(), value: 1.5, words: 'a whole number' },
    { schema: z.number(), value: 'five', words: 'a number' },
    { schema: z.number().int(), value: Number.NaN, words: 'a number' },
    { schema: z.string().min(1), value: '', words: 'not empty' },
    { schema: z.string().max(2), value: 'abc', words: 'at most 2 characters' },
    { schema: z.string().min(8, 'the signing secret'), value: 'abc', words: 'the signing secret' },
    { schema: z.array(z.string()).min(1), value: [], words: 'not empty' },
    { schema: z.array(z.string()).min(2), value: [], words: 'at least 2 entries' },
    { schema: z.enum(['day', 'hour']), value: 'week', words: 'one of day, hour' },
    { schema: z.strictObject({}), value: { odd: 1 }, words: 'without odd' },
    { schema: z.strictObject({}), value: 'text', words: 'an object' },
    { schema: z.string(), value: 5, words: 'a text' },
  ])('says $words', ({ schema, value, words }) => {
    expect(explainIssue(schema.safeParse(value).error?.issues[0])).toBe(words);
  });
});

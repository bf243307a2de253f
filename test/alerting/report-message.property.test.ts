import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detailsMessage, findingsMessage, reportMessage } from '../../src/alerting/index.ts';
import { findingReply, findingsReply } from '../../src/alerting/thread-messages.ts';
import { type DetectionRule, detectionRules } from '../../src/domain/anomaly.ts';
import type { StoredFinding } from '../../src/domain/finding.ts';
import { patterns } from '../../src/domain/finding.ts';
import type { FindingId } from '../../src/domain/identifiers.ts';
import { reportStates } from '../../src/domain/report.ts';
import type { Message } from '../../src/messages/message.ts';
import { formatMessage } from '../../src/slack/block-kit.ts';
import { textLength } from '../../src/slack/budget.ts';
import { limits } from '../../src/slack/limits.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { anomaly, extent, finding, report, reportView } from '../builders/reports.ts';

/** Names as sources have them: long, in any script, with markup of Slack, of ours and of nobody. */
const HOSTILE = [
  '<!channel>',
  '<@U0OWNER01>',
  '<http://x|y>',
  '&amp;',
  '*b*',
  '`c`',
  '_i_',
  '~s~',
  '\n',
  'שלום',
  'مرحبا',
  '👩‍👩‍👧‍👦',
  '𝕏',
  '\u202e',
  '\u0000',
];
const name = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', maxLength: 30 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((parts) => parts.join('').slice(0, 500) || 'x');
const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1, -1, 1e-9, 1e12));

const hostileFinding = fc
  .record({
    column: name,
    segment: fc.oneof(fc.constant(''), name),
    statistic: fc.constantFrom('mean', 'coverage', 'traffic', 'missing_rate'),
    role: fc.constantFrom('feature' as const, 'score' as const, 'traffic' as const),
    rule: fc.constantFrom<DetectionRule>(...detectionRules),
    note: fc.option(name, { nil: undefined }),
    pattern: fc.constantFrom(...patterns),
    severity: fc.double({ min: 0, max: 1e9, noNaN: true }),
    numbers: fc.tuple(value, value, value, value),
    tail: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  })
  .map(
    ({ column, segment, statistic, role, rule, note, pattern, severity, numbers, tail }): Omit<StoredFinding, 'id'> => {
      const [seen, baseline, lower, upper] = numbers;
      const worst = anomaly({
        series: seriesKey({ column, segment, role, statistic: statistic as 'mean' }),
        value: seen,
        forecast: { baseline, lower: Math.min(lower, upper), upper: Math.max(lower, upper) },
        rule,
        ...(note === undefined ? {} : { note }),
        ...(tail === undefined ? {} : { tail }),
      });
      const { id: _id, ...rest } = finding({ worst, severity, pattern, rule, from: day(29), to: day(30) });
      return rest;
    },
  );

function messagesOf(findings: readonly StoredFinding[], state: (typeof reportStates)[number]): Message[] {
  const of = report({ state, findings, outSeries: findings.length, peak: extent({ series: findings.length }) });
  const view = reportView({ report: of });
  const [first] = findings;
  const replies = first === undefined ? [] : [findingReply(first, view, [{ altText: 'a', fileId: 'F0123456789' }])];
  return [reportMessage(view), findingsMessage(view), detailsMessage(view), findingsReply(view), ...replies];
}

function expectWithinLimits(message: Message): void {
  const { text, blocks } = formatMessage(message);
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(limits.fallbackChars);
  expect(blocks.length).toBeLessThanOrEqual(limits.blocks);
  expect(textLength(blocks)).toBeLessThanOrEqual(limits.messageChars);
  for (const block of blocks) {
    if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(limits.headerChars);
    if (block.type === 'section' && block.text !== undefined) {
      expect(block.text.text.length).toBeLessThanOrEqual(limits.sectionChars);
      expectEscaped(block.text.text);
    }
    if (block.type === 'context') {
      for (const element of block.elements) if ('text' in element) expectEscaped(element.text ?? '');
    }
  }
  expectEscaped(text);
}

/** Nothing of a name is markup: every `<` begins a mention that we wrote, every `&` is an entity. */
function expectEscaped(text: string): void {
  expect(text.replace(/<@[UW][A-Z0-9]+>/g, '')).not.toMatch(/[<>]/);
  expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
}

describe('the messages of any report', () => {
  it('are within every limit and escape every name', () => {
    const findings = fc.array(hostileFinding, { maxLength: 30 }).map(numbered);
    fc.assert(
      fc.property(findings, fc.constantFrom(...reportStates), (found, state) => {
        for (const message of messagesOf(found, state)) expectWithinLimits(message);
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it('are so with ten thousand findings of long names, in time', () => {
    const like = fc.sample(hostileFinding, { numRuns: 20, seed: 5 });
    const many = numbered(
      Array.from({ length: 10_000 }, (_, index) => {
        const one = like[index % like.length] ?? finding();
        return { ...one, series: { ...one.series, column: `${'n'.repeat(490)}${index}` } };
      }),
    );

    for (const message of messagesOf(many, 'firing')) expectWithinLimits(message);
    const { blocks } = formatMessage(reportMessage(reportView({ report: report({ findings: many }) })));
    expect(JSON.stringify(blocks)).toContain('+9995 more in the thread');
  });
});

function numbered(findings: readonly Omit<StoredFinding, 'id'>[]): StoredFinding[] {
  return findings.map((one, index) => ({ ...one, id: (index + 1) as FindingId }));
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditActions, auditLine } from '../../commands/audit-words.ts';
import { errorCodes } from '../../src/domain/errors.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { formatText } from '../../src/messages/format-text.ts';
import { day } from '../builders/detections.ts';
import { NOW } from '../builders/reports.ts';

const root = resolve(import.meta.dirname, '../..');
const UNTIL = NOW + 4 * 3_600_000;

/** What stands after the time and the name. */
function words(action: string, facts: Record<string, unknown>, { by = 'U0ANNA', name = 'churn' } = {}): string {
  const entry = { at: NOW, by: by as UserId, action, subject: 'model:churn', facts };
  const content = auditLine(entry, { name, zone: 'Europe/Berlin' });
  return formatText({ blocks: [{ type: 'paragraph', content }] }).replace('1 Feb 2026, 10:00 CET: @U0ANNA ', '');
}

/** Every action that is written next to `audit.add`. */
function actionsInCode(): string[] {
  const folders = ['commands', 'src/alerting', 'src/feedback', 'src/postprocessing', 'src/registry'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(root, folder, file), 'utf8')),
  );
  const literals = files
    .filter((source) => source.includes('audit.add('))
    // What is asked for is no entry of its own.
    .map((source) => source.replace(/^.*\b(?:may|authorise)\(.*$/gm, ''))
    .flatMap((source) => [...source.matchAll(/'((?:model|report|vote|mark|label|detector|digest|event)\.[a-z]+)'/g)])
    .map(([, action = '']) => action);
  return [...new Set(literals)].filter((action) => !(action in errorCodes));
}

describe('an entry of the audit', () => {
  it.each([
    [
      'access.denied',
      { wanted: 'model.edit', need: 'owner', role: 'viewer' },
      'was refused: changing churn takes the role owner, theirs is viewer',
    ],
    [
      'access.denied',
      { wanted: '/drift audit', need: 'admin', role: 'none' },
      'was refused: `/drift audit` on churn takes the role admin, theirs is none',
    ],
    [
      'model.register',
      { settings: { source: { location: '/data/x.csv' }, channel: 'C0MODELS1' } },
      'registered churn: source /data/x.csv, reports to #C0MODELS1',
    ],
    [
      'model.edit',
      {
        before: { latenessMinutes: 60, quietHours: null, owners: ['U0ANNA'] },
        after: {
          latenessMinutes: 180,
          quietHours: { weekends: true, unless: 'critical' },
          owners: ['U0ANNA', 'U0BEN'],
        },
      },
      'changed churn: lateness minutes 60 → 180, quiet hours none → weekends, owners with @U0BEN',
    ],
    [
      'model.edit',
      { before: { features: [...'abcdefgh'] }, after: { features: [...'bcdefgh', 'z'] } },
      'changed churn: features with z, without a',
    ],
    [
      'model.edit',
      { before: { features: null }, after: { features: [...'abcdefgh'] } },
      'changed churn: features none → a, b, c, d, e, f +2 more',
    ],
    ['model.retire', {}, 'retired churn'],
    [
      'model.filters',
      { setting: 'minimumRows', before: null, value: 200 },
      'set the filter `minimum-rows` of churn: the detector’s own → 200',
    ],
    [
      'model.filters',
      { before: { minimumRows: 5 }, after: {} },
      'set the filters of churn: minimum-rows 5 → the detector’s own',
    ],
    ['model.budget', { before: null, reportsPerMonth: 2 }, 'set the alert budget of churn: none → at most 2 a month'],
    ['model.budget', { before: 2 }, 'set the alert budget of churn: at most 2 a month → none'],
    [
      'model.mute',
      { untilMs: UNTIL, scope: { column: 'age' }, reason: 'backfill' },
      'muted age of churn until 1 Feb 2026, 14:00 CET: backfill',
    ],
    [
      'model.mute',
      { untilMs: UNTIL, untilChange: true },
      'muted churn until 1 Feb 2026, 14:00 CET, or until it changes',
    ],
    ['model.unmute', { mutes: [3], scopes: [{ column: 'age' }] }, 'unmuted age of churn'],
    [
      'event.declare',
      { kind: 'deploy', startMs: NOW, endMs: UNTIL, text: 'v2' },
      'declared on churn: deploy from 1 Feb 2026, 10:00 CET to 1 Feb 2026, 14:00 CET: v2',
    ],
    [
      'vote.change',
      { verdict: 'not_useful', reason: 'false_alarm', findingId: 4, before: { verdict: 'real' } },
      'changed their vote on finding 4 of churn: 👍 real → 👎 not useful (false alarm)',
    ],
    [
      'label.say',
      { verdict: 'real', fromMs: day(3).startMs, toMs: day(4).startMs, series: ['age mean'] },
      'said that something was wrong with age mean of churn from 4 Jan 2026, 01:00 CET to 5 Jan 2026, 01:00 CET',
    ],
    [
      'label.undo',
      {
        label: 3,
        whose: 'U0BEN',
        verdict: 'not_useful',
        fromMs: day(3).startMs,
        toMs: day(4).startMs,
        series: ['a b'],
      },
      'took label #3 back, by which @U0BEN had said that nothing was wrong with a b of churn from 4 Jan 2026, 01:00 CET to 5 Jan 2026, 01:00 CET',
    ],
    [
      'detector.uncalibrated',
      { said: 0.65, before: 0.7, now: 0.25 },
      'found that the probabilities of the detector no longer mean what they did: 70 % → 25 % of what it said with 65 % was real',
    ],
    ['detector.rollback', { from: 3, to: 2 }, 'rolled the detector back: version 3 → 2'],
    [
      'label.import',
      { file: 'labels.jsonl', labels: 23, models: ['churn', 'fraud'] },
      'imported 23 labels of churn, fraud from labels.jsonl',
    ],
    ['some.thing', {}, 'did `some.thing` on churn'],
  ] as const)('of %s with %j says what was done', (action, facts, said) => {
    expect(words(action, facts)).toBe(said);
  });

  it('says of a channel from what to what its digest was changed', () => {
    const from = { isOn: true, weekday: 1, at: '09:00', to: 'C0MODELS1' };

    expect(words('digest.edit', { from, to: { ...from, isOn: false } }, { name: 'C0MODELS1' })).toBe(
      'changed the weekly digest of #C0MODELS1: Mondays at 09:00 in #C0MODELS1 → off',
    );
  });

  it('names Driftbell and the command line where no person did it', () => {
    expect(words('detector.promote', { number: 4 }, { by: 'system' })).toContain(
      'Driftbell put version 4 of the detector in force',
    );
    expect(words('model.retire', {}, { by: 'command line' })).toContain('the command line retired churn');
  });

  it('has words for every action that is ever written, and none without facts breaks them', () => {
    const actions = actionsInCode();
    expect(actions.length).toBeGreaterThan(15);

    expect(actions.filter((action) => !auditActions.includes(action))).toEqual([]);
    for (const action of auditActions) expect(words(action, {})).not.toContain('undefined');
  });
});

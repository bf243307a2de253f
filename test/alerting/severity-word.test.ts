import { describe, expect, it } from 'vitest';
import { severityWord } from '../../src/alerting/severity-word.ts';
import { type DetectionRule, detectionRules } from '../../src/domain/anomaly.ts';
import type { FindingId } from '../../src/domain/identifiers.ts';
import { anomaly, finding } from '../builders/reports.ts';

const of = (rule: DetectionRule, severity = 1.5, id = 1) =>
  finding({ id: id as FindingId, worst: anomaly({ rule }), severity });

describe('the severity word', () => {
  it.each(detectionRules)('of %s alone', (rule) => {
    const expected =
      rule === 'common_mode'
        ? 'high'
        : ['band', 'column_new', 'spelling_changed', 'slow_drift'].includes(rule)
          ? 'notable'
          : 'critical';

    expect(severityWord([of(rule)])).toBe(expected);
  });

  it('does not rise with the number of new columns, as it does with that of series', () => {
    const five = (rule: DetectionRule) => Array.from({ length: 5 }, (_, index) => of(rule, 0, index));

    expect(severityWord(five('column_new'))).toBe('notable');
    expect(severityWord([of('band'), ...five('column_new')])).toBe('notable');
    expect(severityWord(five('band'))).toBe('high');
  });
});

import { describe, expect, it } from 'vitest';
import { detailsMessage, reportMessage, summarySentence } from '../../src/alerting/index.ts';
import type { FindingId, ReportId, UserId } from '../../src/domain/identifiers.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { anomaly, finding, model, NOW, report, reportView, USER } from '../builders/reports.ts';
import { expectGolden } from '../golden.ts';

const scoreFinding = finding({
  id: 2 as FindingId,
  worst: anomaly({
    series: seriesKey({ column: 'score', role: 'score' }),
    value: 0.44,
    forecast: { baseline: 0.5, lower: 0.49, upper: 0.52 },
  }),
  severity: 2,
});
const outage = finding({
  id: 4 as FindingId,
  worst: anomaly({
    series: seriesKey({ column: 'plan', statistic: 'missing_rate' }),
    value: 1,
    rule: 'all_missing',
    rows: 1200,
    forecast: { baseline: 0.01, lower: -0.001, upper: 0.02 },
  }),
  pattern: 'outage',
});
const OTHER = 'U0RESPOND' as UserId;

describe('summarySentence', () => {
  it('tells what moved, how far and since when', () => {
    expect(summarySentence(reportView())).toBe('Age mean is 29 % below what was expected, since Fri 30 Jan 2026.');
  });

  it('puts the score first and counts its company', () => {
    const view = reportView({ report: report({ findings: [finding(), scoreFinding] }) });

    expect(summarySentence(view)).toBe(
      'Score mean is 12 % below what was expected, since Fri 30 Jan 2026; 1 other of 21 watched series left its band with it.',
    );
  });

  it('keeps apart what happened at another time', () => {
    const earlier = finding({ id: 9 as FindingId, from: day(20), to: day(21) });
    const view = reportView({ report: report({ findings: [finding(), scoreFinding, earlier] }) });

    expect(summarySentence(view)).toContain(
      '; 1 other of 21 watched series left its band with it; 1 more at other times.',
    );
  });

  it('says that the score has not moved, when it was judged', () => {
    expect(summarySentence(reportView({ hasScoreMoved: false }))).toContain('; the score has not moved.');
    expect(summarySentence(reportView())).not.toContain('the score');
  });

  it('names an outage by its rule', () => {
    expect(summarySentence(reportView({ report: report({ findings: [outage] }) }))).toContain(
      'Plan: every value is missing, since',
    );
  });

  it('tells the whole story once it is over', () => {
    const view = reportView({ report: report({ state: 'resolved', resolved: day(33) }) });

    expect(summarySentence(view)).toBe(
      'Back inside the expected band. Age mean was 29 % below what was expected, 30–31 Jan 2026.',
    );
  });
});

describe('reportMessage', () => {
  it.each([
    { name: 'firing', view: reportView({ report: report({ findings: [finding(), scoreFinding, outage] }) }) },
    {
      name: 'acknowledged-muted-voted',
      view: reportView({
        report: report({ state: 'acknowledged', acknowledgedBy: USER, acknowledgedAt: NOW }),
        mute: { modelId: model().id, by: OTHER, startMs: NOW, untilMs: NOW + 4 * 3_600_000 },
        votes: [
          { reportId: 3 as ReportId, by: USER, verdict: 'real', at: NOW },
          { reportId: 3 as ReportId, by: OTHER, verdict: 'not_useful', reason: 'expected_once', at: NOW },
        ],
        chart: { fileId: 'F0CHART01', altText: 'age mean: 512' },
      }),
    },
    {
      name: 'resolved-injected',
      view: reportView({
        report: report({ state: 'resolved', resolved: day(33) }),
        events: [
          {
            modelId: model().id,
            startMs: day(29).startMs,
            endMs: day(31).startMs,
            kind: 'injected',
            text: 'age is set to 512',
          },
        ],
      }),
    },
  ])('is as agreed when $name', ({ name, view }) => {
    expectGolden(`messages/report-${name}.json`, reportMessage(view));
  });

  it('is complete as plain text, an injected fault included', () => {
    const events = [
      { modelId: model().id, startMs: 0, endMs: 1, kind: 'injected' as const, text: 'age is set to 512' },
    ];

    expect(reportMessage(reportView({ events })).text).toBe(
      '🔶 High: churn. Age mean is 29 % below what was expected, since Fri 30 Jan 2026. 🧪 Injected on purpose, not a real fault: age is set to 512.',
    );
  });

  it('shows what all traffic does before what a segment does, and the score before a feature', () => {
    const of = (id: number, segment: string, role: 'feature' | 'score', severity: number) =>
      finding({
        id: id as FindingId,
        worst: anomaly({ series: seriesKey({ segment, role, column: role === 'score' ? 'score' : 'age' }) }),
        severity,
      });
    const findings = [
      of(1, 'west', 'score', 30),
      of(2, '', 'feature', 5),
      of(3, '', 'score', 4),
      of(4, 'east', 'feature', 40),
    ];

    const message = reportMessage(reportView({ report: report({ findings }) }));

    const list = message.blocks.find(({ type }) => type === 'list');
    const names = list?.type === 'list' ? list.items.map(([name]) => (name?.type === 'text' ? name.text : '')) : [];
    expect(names).toEqual(['score mean', 'age mean', 'west: score mean', 'east: age mean']);
    expect(message.text).toContain('Score mean is');
  });

  it('says the zone of an hour once', () => {
    const hour = { key: '2026-01-31T05:00Z', startMs: Date.UTC(2026, 0, 31, 5), endMs: Date.UTC(2026, 0, 31, 6) };
    const view = reportView({ model: model({ granularity: 'hour' }), report: report({ latest: hour }) });

    const footer = reportMessage(view).blocks.at(-1);

    expect(JSON.stringify(footer)).toContain('Hour Sat 31 Jan 2026, 05:00–06:00 UTC"');
  });

  it('shows five findings and says how many more there are', () => {
    const findings = Array.from({ length: 8 }, (_, index) =>
      finding({ id: index as FindingId, worst: anomaly({ series: seriesKey({ column: `f${index}` }) }) }),
    );

    const message = reportMessage(reportView({ report: report({ findings }) }));

    const list = message.blocks.find(({ type }) => type === 'list');
    expect(list?.type === 'list' && list.items).toHaveLength(5);
    expect(JSON.stringify(message.blocks)).toContain('+3 more in “All findings”');
    expect(JSON.stringify(detailsMessage(reportView({ report: report({ findings }) })))).toContain('f7');
  });
});

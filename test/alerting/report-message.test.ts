import { describe, expect, it } from 'vitest';
import type { Cause } from '../../src/alerting/causes/index.ts';
import {
  currentFindings,
  detailsMessage,
  findingsMessage,
  reportMessage,
  summarySentence,
} from '../../src/alerting/index.ts';
import { severityWord } from '../../src/alerting/severity-word.ts';
import type { ColumnRule } from '../../src/domain/anomaly.ts';
import type { FindingId, ReportId, UserId } from '../../src/domain/identifiers.ts';
import { formatText } from '../../src/messages/format-text.ts';
import { formatMessage } from '../../src/slack/block-kit.ts';
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

function columnFinding(id: number, column: string, rule: ColumnRule, note?: string) {
  const {
    forecast: _forecast,
    score: _score,
    ...bare
  } = anomaly({
    series: seriesKey({ column, statistic: 'coverage' }),
    value: null,
    rule,
    ...(note === undefined ? {} : { note }),
  });
  return finding({
    id: id as FindingId,
    from: day(30),
    worst: bare,
    anomalies: [bare],
    severity: 1,
    pattern: 'outage',
  });
}
const vanished = columnFinding(
  5,
  'age',
  'column_vanished',
  'is gone from the source; `customer_age` is new and of the same type',
);
const changed = columnFinding(
  6,
  'fare',
  'type_changed',
  'has become text: DOUBLE is now VARCHAR; 312 of 1,000 values are no number, such as "n/a"',
);
const unreadable = columnFinding(7, 'vector', 'unreadable', 'a column of type BLOB cannot be read as embedding');
const added = columnFinding(8, 'customer_age', 'column_new', 'is new in the source and is not watched yet (DOUBLE)');
const columnReport = report({
  severity: 'critical',
  opened: day(30),
  findings: [added, changed, vanished, unreadable],
});

describe('a finding of a detector with tail probabilities', () => {
  it.each([
    ['day', 0.002, 'severity 4.7, about once in 500 days for this kind'],
    ['day', 1e-9, 'severity 4.7, less than once in 3 years for this kind'],
    ['hour', 0.001, 'severity 4.7, about once in 42 days for this kind'],
  ] as const)('says how rare it is: by the %s, %d', (granularity, tail, words) => {
    const found = finding({ worst: anomaly({ tail, severity: 9 }) });
    const view = reportView({ report: report({ findings: [found] }), model: model({ granularity }) });

    const told = JSON.stringify(reportMessage(view));

    expect(told).toContain(words);
    expect(told).not.toContain('classifier');
    expect(JSON.stringify(findingsMessage(view))).toContain(words);
  });
});

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

  it.each([
    [vanished, '`age` is gone from the source; `customer_age` is new and of the same type, since Sat 31 Jan 2026.'],
    [columnFinding(1, 'age', 'column_vanished'), '`age` is gone from the source, since Sat 31 Jan 2026.'],
    [
      changed,
      '`fare` has become text: DOUBLE is now VARCHAR; 312 of 1,000 values are no number, such as "n/a", since Sat 31 Jan 2026.',
    ],
    [unreadable, '`vector` cannot be read: a column of type BLOB cannot be read as embedding, since Sat 31 Jan 2026.'],
    [added, '`customer_age` is new in the source and is not watched yet (DOUBLE), since Sat 31 Jan 2026.'],
  ])('says what is the matter with a column as a whole: %#', (one, words) => {
    expect(summarySentence(reportView({ report: report({ findings: [one] }) }))).toBe(words);
  });

  it('counts other columns apart from series, and does not count one that it names', () => {
    const second = columnFinding(9, 'income', 'column_vanished');
    const mean = finding({ id: 10 as FindingId, from: day(30) });
    const findings = [mean, added, vanished, second, changed];

    expect(summarySentence(reportView({ report: report({ findings }) }))).toBe(
      '`age` is gone from the source; `customer_age` is new and of the same type, since Sat 31 Jan 2026; ' +
        '1 other column is gone; 1 other column has become of another type; ' +
        '1 other of 21 watched series left its band with it.',
    );
  });

  it.each([
    [vanished, 'Back in the source. `age` was gone, Sat 31 Jan 2026.'],
    [changed, 'Back to its type. `fare` was of another type, Sat 31 Jan 2026.'],
    [unreadable, 'Readable again. `vector` could not be read, Sat 31 Jan 2026.'],
    [added, 'Told once. `customer_age` was new in the source; it is not watched, Sat 31 Jan 2026.'],
  ])('says how a column came back: %#', (one, words) => {
    const resolved = report({ state: 'resolved', resolved: day(33), findings: [one] });

    expect(summarySentence(reportView({ report: resolved }))).toBe(words);
  });

  it('does not say that a column is back when it is not', () => {
    const resolved = report({ state: 'resolved', resolved: day(45), findings: [vanished] });

    expect(summarySentence(reportView({ report: resolved, lastingColumns: ['age'] }))).toContain(
      'Not over, but lasting so long that it is taken as usual. `age` is gone from the source;',
    );
  });

  it('tells the whole story once it is over', () => {
    const view = reportView({ report: report({ state: 'resolved', resolved: day(33) }) });

    expect(summarySentence(view)).toBe(
      'Back inside the expected band. Age mean was 29 % below what was expected, 30–31 Jan 2026.',
    );
  });
});

describe('a series that is stuck', () => {
  const stuck = finding({
    worst: anomaly({ value: 724.25, rule: 'flat', score: 0.99 }),
    severity: 0,
    pattern: 'outage',
  });
  const view = reportView({ report: report({ findings: [stuck] }) });

  it('is told as such, with the value that it holds', () => {
    expect(summarySentence(view)).toBe('Age mean is stuck at 724.3, since Fri 30 Jan 2026.');
    const details = JSON.stringify(findingsMessage(view));
    expect(details).toContain('holds one value, where it always scattered');
    expect(details).not.toContain('outside');
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

  it('names a person once who says the same of several findings', () => {
    const of = { reportId: 3 as ReportId, at: NOW };
    const votes = [1, 2].flatMap((id) => [
      { ...of, findingId: id as FindingId, by: USER, verdict: 'real' } as const,
      { ...of, findingId: id as FindingId, by: OTHER, verdict: 'not_useful', reason: 'false_alarm' } as const,
    ]);

    const said = formatText(reportMessage(reportView({ votes })));

    expect(said).toContain(`👍 1 real @${USER} · 👎 false alarm @${OTHER} · report #`);
  });

  it('is as agreed, also in Block Kit, when columns go, change and come', () => {
    const message = reportMessage(reportView({ report: columnReport }));

    expectGolden('messages/report-columns.json', message);
    expectGolden('block-kit/report-columns.json', formatMessage(message));
  });

  it('puts what is new after what is wrong', () => {
    const band = finding({ id: 11 as FindingId });

    const order = currentFindings({ report: report({ findings: [added, band, vanished] }) });

    expect(order.map(({ rule }) => rule)).toEqual(['column_vanished', 'band', 'column_new']);
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

    const [causes, list] = message.blocks.filter(({ type }) => type === 'list');
    expect(causes?.type === 'list' && causes.items).toHaveLength(1);
    expect(list?.type === 'list' && list.items).toHaveLength(5);
    expect(JSON.stringify(formatMessage(message))).toContain('+3 more in the thread');
    expect(message.text).toContain(
      'Likely cause: 8 features, one cause: mean down since Fri 30 Jan 2026: f0, f1, f2 +5.',
    );
    expect(message.text).toMatch(/\+3 more in the thread\.$/);
    expect(JSON.stringify(findingsMessage(reportView({ report: report({ findings }) })))).toContain('f7');
  });

  it('shows the number of every finding to the person who asks for all', () => {
    const findings = Array.from({ length: 20 }, (_, place) =>
      finding({ id: (100 + place) as FindingId, series: seriesKey({ column: `f${place}` }) }),
    );
    const view = reportView({ report: report({ findings }) });

    const shown = JSON.stringify(findingsMessage(view));

    for (const { id } of view.report.findings) expect(shown).toContain(` · finding ${id}"`);
  });
});

describe('the report of a slow drift', () => {
  const drift = finding({
    id: 9 as FindingId,
    worst: anomaly({
      series: seriesKey({ column: 'age' }),
      value: 41,
      forecast: { baseline: 40, lower: 37, upper: 43 },
      rule: 'slow_drift',
      note: 'upwards since 2026-01-04',
    }),
    severity: 0,
    pattern: 'spike',
  });

  it('says since when, and that no window was far outside', () => {
    const view = reportView({ report: report({ findings: [drift] }) });

    expect(summarySentence(view)).toContain('Age mean drifts slowly upwards since 2026-01-04');
    expect(summarySentence(view)).not.toContain(', since');
    expect(JSON.stringify(reportMessage(view))).toContain('none of them rare');
  });

  it('says it once in the details, too, alone and with another series of its column', () => {
    const cause: Cause = { findings: [drift], onset: day(29), links: [], weight: 1 };
    const other = finding({ ...drift, id: 10 as FindingId, series: seriesKey({ column: 'age', statistic: 'q50' }) });
    const both: Cause = { ...cause, findings: [drift, other], links: ['column'] };
    const details = (causes: readonly Cause[]) =>
      JSON.stringify(detailsMessage(reportView({ report: report({ findings: [drift] }), causes })).blocks);

    for (const one of [cause, both]) expect(details([one]).match(/since/g)).toHaveLength(1);
  });

  it('says since when the source has stopped, once', () => {
    const note = 'nothing since 30 Jan 2026, 23:00 UTC';
    const stopped = finding({ worst: anomaly({ rule: 'late', value: null, note }) });

    expect(summarySentence(reportView({ report: report({ findings: [stopped] }) })).match(/since/g)).toHaveLength(1);
  });

  it('tells departures first, and counts drifts apart', () => {
    const view = reportView({ report: report({ findings: [drift, scoreFinding] }) });

    expect(currentFindings(view).map(({ id }) => id)).toEqual([scoreFinding.id, drift.id]);
    expect(summarySentence(view)).toContain('; 1 other series drifts slowly');
  });
});

describe('the report of series that moved together', () => {
  it('leads with what they have in common, and is high', () => {
    const common = finding({
      id: 8 as FindingId,
      worst: anomaly({
        series: seriesKey({ column: '*', role: 'traffic', statistic: 'traffic' }),
        rule: 'common_mode',
        note: '31 of 36 series (mean) fell together',
      }),
      severity: 0,
    });
    const view = reportView({ report: report({ findings: [finding(), common] }) });

    expect(summarySentence(view)).toContain('Many series moved at once: 31 of 36 series (mean) fell together, since');
    expect(JSON.stringify(reportMessage(view))).toContain(
      'what weather or a holiday may move is taken out of each series before it is judged',
    );
    expect(severityWord([common])).toBe('high');
  });
});

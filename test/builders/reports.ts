import { type Cause, findCauses } from '../../src/alerting/causes/index.ts';
import type { ReportView } from '../../src/alerting/index.ts';
import type { Anomaly } from '../../src/domain/anomaly.ts';
import type { StoredFinding } from '../../src/domain/finding.ts';
import type { FindingId, ModelId, ReportId, UserId } from '../../src/domain/identifiers.ts';
import type { Model } from '../../src/domain/model.ts';
import type { Extent, Report } from '../../src/domain/report.ts';
import { day, days, seriesKey } from './detections.ts';

export const USER = 'U0OWNER01' as UserId;
export const NOW = Date.UTC(2026, 1, 1, 9);

export function model(overrides: Partial<Model> = {}): Model {
  return {
    id: 1 as ModelId,
    revision: 1,
    slug: 'churn',
    owners: [USER],
    channel: 'C0MODELS1',
    source: { location: '/data/churn/*.parquet' },
    timeColumn: 'scored_at',
    zone: 'UTC',
    granularity: 'day',
    scoreColumn: 'score',
    declaredKinds: {},
    defaults: {},
    latenessMinutes: 60,
    registeredAt: NOW,
    registeredBy: USER,
    ...overrides,
  };
}

export function anomaly(overrides: Partial<Anomaly> = {}): Anomaly {
  return {
    series: seriesKey(),
    window: day(30),
    value: 512,
    rows: 14_696,
    forecast: { baseline: 724, lower: 700, upper: 745 },
    score: 0.93,
    isAnomaly: true,
    rule: 'band',
    ...overrides,
  };
}

export function finding(overrides: Partial<StoredFinding> = {}): StoredFinding {
  const worst = overrides.worst ?? anomaly(overrides.series === undefined ? {} : { series: overrides.series });
  return {
    id: 1 as FindingId,
    series: worst.series,
    from: day(29),
    to: day(30),
    anomalies: [anomaly({ series: worst.series, window: day(29) }), worst],
    worst,
    severity: 4.7,
    pattern: 'developing',
    rule: worst.rule,
    ...overrides,
  };
}

export function extent(overrides: Partial<Extent> = {}): Extent {
  return { series: 1, severity: 4.7, word: 'high', ...overrides };
}

export function report(overrides: Partial<Report> = {}): Report {
  return {
    id: 3 as ReportId,
    modelId: 1 as ModelId,
    state: 'firing',
    severity: 'high',
    opened: day(29),
    latest: day(30),
    judged: overrides.latest ?? day(30),
    outSeries: 1,
    peak: extent(),
    told: extent(),
    revision: 1,
    findings: [finding()],
    ...overrides,
  };
}

/** As without any past, of a model of which twenty more features are watched. */
function causesOf({ findings }: Report): readonly Cause[] {
  const names = [...new Set(findings.map(({ series }) => series.column)), ...days(20).map(({ key }) => `quiet ${key}`)];
  const columns = names.map((name) => ({ name, role: 'feature' as const }));
  return findCauses({ findings, columns, events: [], pastDeviations: new Map() });
}

export function reportView(overrides: Partial<ReportView> = {}): ReportView {
  return {
    report: report(),
    model: model(),
    votes: [],
    events: [],
    watchedSeries: 21,
    causes: overrides.causes ?? causesOf(overrides.report ?? report()),
    droppedBy: [],
    importance: {},
    mentions: [],
    detectorName: 'paper-1',
    now: NOW,
    ...overrides,
  };
}

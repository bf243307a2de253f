import { describe, expect, it } from 'vitest';
import type { Finding, StoredFinding } from '../../src/domain/finding.ts';
import type { ReportId } from '../../src/domain/identifiers.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { anomaly, finding } from '../builders/reports.ts';
import { ANNA, AT, BORIS, memoryStores, openBelow, registeredModel } from './memory-stores.ts';

const carrierKey = seriesKey({ column: 'carrier', statistic: 'share[ORD]' });

function found(from: number, to: number, overrides: Partial<StoredFinding> = {}): Finding {
  const { id: _none, ...rest } = finding({ from: day(from), to: day(to), ...overrides });
  return rest;
}

function withReport(findings: readonly Finding[] = [found(29, 30)]): {
  readonly stores: Stores;
  readonly report: Report;
} {
  const stores = memoryStores();
  const { id } = registeredModel(stores);
  return { stores, report: stores.reports.insert({ modelId: id, severity: 'high', opened: day(30), findings }) };
}

function idOf(report: Report, place = 0): number | undefined {
  return report.findings[place]?.id;
}

describe('reports', () => {
  it('come back as they were opened, findings in the given order', () => {
    const outage = { series: carrierKey, value: null, rows: 0, rule: 'no_rows' as const };
    const { forecast: _none, score: _no, ...blind } = anomaly(outage);
    const findings = [
      found(28, 30, { series: carrierKey, anomalies: [blind], worst: blind, rule: 'no_rows' }),
      found(29, 30),
    ];

    const { stores, report } = withReport(findings);

    expect(report).toEqual({
      id: 1,
      modelId: 1,
      state: 'firing',
      severity: 'high',
      opened: day(30),
      latest: day(30),
      judged: day(30),
      outSeries: 0,
      peak: { series: 0, severity: 0, word: 'notable' },
      told: { series: 0, severity: 0, word: 'notable' },
      revision: 1,
      findings: findings.map((each, index) => ({ ...each, id: index + 1 })),
    });
    expect(stores.reports.byId(report.id)).toEqual(report);
    expect(stores.reports.open(report.modelId)).toEqual(report);
    expect(stores.reports.latest(report.modelId)).toEqual(report);
    expect(stores.reports.list(report.modelId)).toEqual([report]);
  });

  it('are at most one open per model', () => {
    const { stores, report } = withReport();
    const again = { modelId: report.modelId, severity: 'high', opened: day(31), findings: [] } as const;

    expect(() => stores.reports.insert(again)).toThrow(expect.objectContaining({ code: 'report.conflict' }));

    stores.reports.move(report.id, ['firing'], { state: 'resolved', at: AT, window: day(31) });
    const second = stores.reports.insert(again);
    expect(stores.reports.open(report.modelId)).toEqual(second);
    expect(stores.reports.latest(report.modelId)?.id).toBe(second.id);
    expect(stores.reports.list(report.modelId).map(({ state }) => state)).toEqual(['resolved', 'firing']);
  });

  it('are at most one open per model for the database itself', () => {
    const { client, stores } = openBelow();
    const { id } = registeredModel(stores);
    stores.reports.insert({ modelId: id, severity: 'high', opened: day(0), findings: [] });

    const copy = () =>
      client.sqlite.exec(
        `insert into reports (model_id, state, severity, opened_key, opened_start_ms, opened_end_ms,
           latest_key, latest_start_ms, latest_end_ms, revision)
         select model_id, 'acknowledged', severity, opened_key, opened_start_ms, opened_end_ms,
           latest_key, latest_start_ms, latest_end_ms, revision from reports`,
      );

    expect(copy).toThrow(/UNIQUE/);
  });

  it.each([
    [
      'develop',
      (stores: Stores, id: ReportId) => stores.reports.develop(id, { latest: day(1), severity: 'high', findings: [] }),
    ],
    ['touch', (stores: Stores, id: ReportId) => stores.reports.touch(id)],
    ['setPosted', (stores: Stores, id: ReportId) => stores.reports.setPosted(id, { channel: 'C', ts: '1.2' })],
  ])('say that there is none with this id: %s', (_method, call) => {
    expect(() => call(memoryStores(), 99 as ReportId)).toThrow(expect.objectContaining({ code: 'report.unknown' }));
  });

  it('name the row that cannot be read', () => {
    const { client, stores } = openBelow();
    const { id } = registeredModel(stores);
    stores.reports.insert({ modelId: id, severity: 'high', opened: day(0), findings: [found(29, 30)] });
    client.sqlite.exec(`update findings set anomalies = '[]'`);

    expect(() => stores.reports.open(id)).toThrow(/readable row 1 of the table findings/);
  });
});

describe('a report that develops', () => {
  it('shows the new windows, severity and findings under a new revision', () => {
    const { stores, report } = withReport();

    const developed = stores.reports.develop(report.id, {
      latest: day(31),
      severity: 'critical',
      findings: [found(29, 31, { severity: 9 }), found(31, 31, { series: carrierKey })],
    });

    expect(developed).toMatchObject({ severity: 'critical', opened: day(30), latest: day(31), revision: 2 });
    expect(developed.findings.map(({ id, to, severity }) => [id, to.key, severity])).toEqual([
      [1, day(31).key, 9],
      [2, day(31).key, 4.7],
    ]);
    expect(stores.reports.byId(report.id)).toEqual(developed);
  });

  it('keeps its revision when the same comes again', () => {
    const { stores, report } = withReport();
    const same = { latest: report.latest, severity: report.severity, findings: [found(29, 30)] };

    stores.reports.develop(report.id, same);

    expect(stores.reports.byId(report.id)).toEqual(report);
  });

  it.each<[string, Parameters<Stores['reports']['develop']>[1]]>([
    ['a later window', { latest: day(31), severity: 'high', findings: [found(29, 30)] }],
    ['another severity', { latest: day(30), severity: 'notable', findings: [found(29, 30)] }],
    [
      'another number',
      { latest: day(30), severity: 'high', findings: [found(29, 30, { worst: anomaly({ rows: 7 }) })] },
    ],
    [
      'another order',
      { latest: day(30), severity: 'high', findings: [found(30, 30, { series: carrierKey }), found(29, 30)] },
    ],
  ])('grows its revision for %s', (_case, change) => {
    const { stores, report } = withReport();

    expect(stores.reports.develop(report.id, change).revision).toBe(2);
  });

  it('keeps the id of a finding that turns out to have begun earlier', () => {
    const { stores, report } = withReport();
    stores.votes.put({ reportId: report.id, findingId: finding().id, by: ANNA, verdict: 'real', at: AT });

    const developed = stores.reports.develop(report.id, {
      latest: day(31),
      severity: 'high',
      findings: [found(27, 31)],
    });

    expect(developed.findings).toHaveLength(1);
    expect(idOf(developed)).toBe(idOf(report));
    expect(developed.findings[0]?.from).toEqual(day(27));
  });

  it('gives the same series at another time, and another series at the same time, ids of their own', () => {
    const { stores, report } = withReport();

    const developed = stores.reports.develop(report.id, {
      latest: day(40),
      severity: 'high',
      findings: [found(29, 30), found(38, 40), found(29, 30, { series: seriesKey({ segment: 'DE' }) })],
    });

    expect(developed.findings.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('keeps findings that are gone after those that are there', () => {
    const { stores, report } = withReport([found(29, 30), found(30, 30, { series: carrierKey })]);

    const developed = stores.reports.develop(report.id, {
      latest: day(31),
      severity: 'high',
      findings: [found(30, 31, { series: carrierKey })],
    });

    expect(developed.findings.map(({ id }) => id)).toEqual([2, 1]);
  });

  it('shows two runs that became one as one, and as two when they part again', () => {
    const { stores, report } = withReport([found(20, 22), found(25, 27)]);
    const change = { latest: day(31), severity: 'high' } as const;

    const joined = stores.reports.develop(report.id, { ...change, findings: [found(20, 27)] });
    const parted = stores.reports.develop(report.id, { ...change, findings: [found(20, 22), found(25, 27)] });

    expect(joined.findings.map(({ id }) => id)).toEqual([1]);
    expect(parted.findings.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('changes nothing when one finding cannot be stored', () => {
    const { stores, report } = withReport();
    const wrong = found(30, 31, { series: carrierKey, worst: anomaly({ value: Number.NaN }) });

    const develop = () =>
      stores.reports.develop(report.id, { latest: day(31), severity: 'critical', findings: [found(29, 31), wrong] });

    expect(develop).toThrow(expect.objectContaining({ code: 'store.failed' }));
    expect(stores.reports.byId(report.id)).toEqual(report);
  });
});

describe('the state of a report', () => {
  it('goes to the first of two people', () => {
    const { stores, report } = withReport();

    const first = stores.reports.move(report.id, ['firing'], { state: 'acknowledged', by: ANNA, at: AT });
    const second = stores.reports.move(report.id, ['firing'], { state: 'acknowledged', by: BORIS, at: AT + 1 });

    expect(first).toMatchObject({ state: 'acknowledged', acknowledgedBy: ANNA, acknowledgedAt: AT, revision: 2 });
    expect(second).toBeUndefined();
    expect(stores.reports.byId(report.id)).toEqual(first);
  });

  it('resolved has its window, is no longer open and remembers who looked after it', () => {
    const { stores, report } = withReport();
    stores.reports.move(report.id, ['firing'], { state: 'acknowledged', by: ANNA, at: AT });

    const resolved = stores.reports.move(report.id, ['firing', 'acknowledged'], {
      state: 'resolved',
      at: AT,
      window: day(33),
    });

    expect(resolved).toMatchObject({ state: 'resolved', resolved: day(33), acknowledgedBy: ANNA, revision: 3 });
    expect(stores.reports.open(report.modelId)).toBeUndefined();
    expect(stores.reports.latest(report.modelId)).toEqual(resolved);
  });

  it('firing again is nobody’s', () => {
    const { stores, report } = withReport();
    stores.reports.move(report.id, ['firing'], { state: 'acknowledged', by: ANNA, at: AT });
    stores.reports.move(report.id, ['acknowledged'], { state: 'resolved', at: AT, window: day(33) });

    const again = stores.reports.move(report.id, ['resolved'], { state: 'firing', at: AT });

    expect(again).toEqual({ ...report, revision: 4 });
  });

  it('does not fire again beside a newer open report', () => {
    const { stores, report } = withReport();
    stores.reports.move(report.id, ['firing'], { state: 'resolved', at: AT });
    stores.reports.insert({ modelId: report.modelId, severity: 'high', opened: day(40), findings: [] });

    expect(stores.reports.move(report.id, ['resolved'], { state: 'firing', at: AT })).toBeUndefined();
    expect(stores.reports.byId(report.id)?.state).toBe('resolved');
  });

  it('of an unknown report moves nowhere', () => {
    expect(memoryStores().reports.move(9 as ReportId, ['firing'], { state: 'resolved', at: AT })).toBeUndefined();
  });
});

describe('what stands in the chat', () => {
  it('is found from the report and leads back to it', () => {
    const { stores, report } = withReport();
    const posted = { channel: 'C0MODELS', ts: '1700000000.000100' };
    expect(stores.reports.posted(report.id)).toBeUndefined();
    expect(stores.reports.byPosted(posted)).toBeUndefined();

    stores.reports.setPosted(report.id, posted);

    expect(stores.reports.posted(report.id)).toEqual(posted);
    expect(stores.reports.byPosted(posted)).toEqual(report);
    expect(stores.reports.byPosted({ ...posted, channel: 'C0OTHER' })).toBeUndefined();
  });

  it('has the newest picture', () => {
    const { stores, report } = withReport();
    const chart = { fileId: 'F1', altText: 'age mean fell', digest: 'abc' };
    expect(stores.reports.chart(report.id)).toBeUndefined();

    stores.reports.setChart(report.id, chart);
    stores.reports.setChart(report.id, { ...chart, fileId: 'F2' });

    expect(stores.reports.chart(report.id)).toEqual({ ...chart, fileId: 'F2' });
  });

  it('is shown anew under a new revision and no other change', () => {
    const { stores, report } = withReport();

    expect(stores.reports.touch(report.id)).toEqual({ ...report, revision: 2 });
  });
});

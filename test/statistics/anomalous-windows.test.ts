import { describe, expect, it } from 'vitest';
import { anomalousWindows } from '../../src/statistics/index.ts';
import { day } from '../builders/detections.ts';
import { finding, model, report } from '../builders/reports.ts';

const span = { fromMs: day(20).startMs, toMs: day(40).startMs };
const starts = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => day(from + i).startMs);

describe('anomalous windows', () => {
  it('last from the first finding of a report to the window that resolved it, which is healthy', () => {
    const resolved = report({ opened: day(25), findings: [finding({ from: day(24) })], resolved: day(28) });

    expect(anomalousWindows([resolved], model(), span)).toEqual(starts(24, 28));
  });

  it('last on while the report is open, and are counted once', () => {
    const open = report({ opened: day(30), findings: [finding({ from: day(29) })] });

    expect(anomalousWindows([open, open], model(), span)).toEqual(starts(29, 40));
  });

  it('are none of a report of news only, and begin with what is none', () => {
    const news = (['column_new', 'spelling_changed'] as const).map((rule) => finding({ from: day(25), rule }));
    const more = [...news, finding({ from: day(30) })];

    expect(anomalousWindows([report({ opened: day(25), findings: news })], model(), span)).toEqual([]);
    expect(anomalousWindows([report({ opened: day(25), findings: more })], model(), span)).toEqual(starts(30, 40));
  });

  it('are none outside the span', () => {
    const long = report({ opened: day(2), findings: [finding({ from: day(1) })], resolved: day(22) });

    expect(anomalousWindows([long], model(), span)).toEqual(starts(20, 22));
    expect(anomalousWindows([], model(), span)).toEqual([]);
  });
});

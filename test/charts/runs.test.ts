import { describe, expect, it } from 'vitest';
import { anomalousStretches, bandRuns, valueRuns } from '../../charts/specs/runs.ts';
import { panel } from './requests.ts';

describe('runs of points', () => {
  it('break the line at a null and keep a lonely value as a dot', () => {
    const { points } = panel({ value: (index) => ([3, 5].includes(index) ? null : index) });

    const { line, isolated } = valueRuns(points);

    expect(isolated.map((vertex) => vertex.value)).toEqual([4]);
    expect(new Set(line.map((vertex) => vertex.run)).size).toBe(2);
    expect(line.map((vertex) => vertex.value)).toEqual([0, 1, 2, 6, 7, 8, 9, 10, 11]);
  });

  it('break the line where a window is missing altogether', () => {
    const points = panel().points.filter((_, index) => index !== 5);

    const { line } = valueRuns(points);

    expect(new Set(line.map((vertex) => vertex.run)).size).toBe(2);
  });

  it('treat what is not a finite number as a gap', () => {
    const { points } = panel({ value: (index) => (index === 3 ? Number.NaN : index === 6 ? Infinity : 1) });

    const { line } = valueRuns(points);

    expect(line).toHaveLength(10);
  });

  it('give a band of one window the width of the window', () => {
    const { points } = panel({ band: (index) => (index === 4 ? [1, 2] : null) });

    const band = bandRuns(points);

    expect(band.map((vertex) => vertex.atMs)).toEqual([
      points[4]?.window.startMs,
      ((points[4]?.window.startMs ?? 0) + (points[4]?.window.endMs ?? 0)) / 2,
      points[4]?.window.endMs,
    ]);
  });

  it('join anomalous windows that touch', () => {
    const { points } = panel({ isAnomaly: (index) => [2, 3, 7].includes(index) });

    const stretches = anomalousStretches(points);

    expect(stretches).toEqual([
      { startMs: points[2]?.window.startMs, endMs: points[3]?.window.endMs },
      { startMs: points[7]?.window.startMs, endMs: points[7]?.window.endMs },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { drawSvg } from '../../../charts/draw.ts';
import { seriesSpec } from '../../../charts/specs/series.ts';
import type { ScoredGrid } from '../../../src/detection/index.ts';
import type { AblationResult } from './document/ablation-document.ts';
import type { EvidenceSet } from './evidence-set.ts';
import { chooseExcerpts } from './excerpts.ts';
import { ablationChart } from './pictures/ablation-chart.ts';
import { excerptChart } from './pictures/excerpt-chart.ts';
import { lossChart } from './pictures/loss-chart.ts';
import { reliabilityChart } from './pictures/reliability-chart.ts';

const HOURS = 800;

/** Hourly, with labels and alerts of two hours at the places given. */
function hours(unit: string, events: readonly number[], alerts: readonly number[]) {
  const flags = (starts: readonly number[]) => {
    const all = new Uint8Array(HOURS);
    for (const start of starts) all.fill(1, start, start + 2);
    return all;
  };
  const labels = flags(events);
  const values = Float64Array.from(labels, (label, at) => Math.sin(at / 4) + 5 * label);
  const scored: ScoredGrid = {
    scores: values,
    baseline: new Float64Array(HOURS),
    lower: new Float64Array(HOURS).fill(-1.5),
    upper: new Float64Array(HOURS).fill(1.5),
    alerts: flags(alerts),
  };
  return {
    series: { unit, values, labels, daysOfWeek: new Uint8Array(HOURS), clusterAt: () => unit, firstMs: 0 },
    scored,
  };
}

function excerpts() {
  const all = [
    hours('finds three', [400, 450, 500], [400, 450, 500]),
    hours('finds two', [400, 450], [400, 450]),
    hours('cries', [], [300, 400, 500, 600]),
    hours('sleeps', [400, 450, 500, 550], []),
  ];
  const set: EvidenceSet = {
    name: 'toy',
    granularity: 'hour',
    series: all.map(({ series }) => series),
    about: 'toy',
    source: 'this test',
    licence: 'MIT',
    thresholdFrom: [],
    role: 'real',
  };
  return chooseExcerpts([set], () => all.map(({ scored }) => scored));
}

describe('excerpts', () => {
  it('show by rule where most is found, most is false and most is missed', () => {
    expect(excerpts().map(({ kind, unit }) => [kind, unit])).toEqual([
      ['good-1', 'finds three'],
      ['good-2', 'finds two'],
      ['failure-1', 'cries'],
      ['failure-2', 'sleeps'],
    ]);
    expect(excerpts()[0]).toMatchObject({ found: 3, missed: 0, falseEpisodes: 0, licence: 'MIT' });
  });

  it('are drawn like the charts of reports, with the labels as markers', async () => {
    const [good] = excerpts();
    if (good === undefined) throw new Error('there is a good one');
    const request = excerptChart(good);

    expect(request.markers).toHaveLength(3);
    expect(request.markers[0]?.endMs).toBe((request.markers[0]?.startMs ?? 0) + 2 * 3_600_000);
    expect(await drawSvg(seriesSpec(request))).toContain('<svg');
  });
});

describe('the other pictures', () => {
  it('are drawn from toy figures, a share of zero included', async () => {
    const row = (f1: number) => ({
      sets: [{ set: 'a', f1, averagePrecision: 0.5, falseEpisodesPerSeriesMonth: 1, clusters: [] }],
      spread: 2,
    });
    const result: AblationResult = {
      command: '',
      epochs: 1,
      seed: 1,
      full: row(0.6),
      items: [{ name: 'item', about: 'x', figures: row(0.4) }],
      parts: [],
      realSets: ['a'],
      losses: [3, 2, 1],
      creep: [],
    };
    const specs = [
      ablationChart(result),
      lossChart(result.losses),
      reliabilityChart([{ set: 'a', windows: 10, seen: [0.5, 0.2, 0.1, 0, 0, 0, 0, 0, 0] }]),
    ];

    for (const spec of specs) expect(await drawSvg(spec)).toContain('<path');
  });
});

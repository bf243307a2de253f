import type {
  ChartPeriod,
  ChartRequest,
  HistogramChartRequest,
  OverviewChartRequest,
  ReliabilityChartRequest,
  SharesChartRequest,
  StripChartRequest,
} from '../../src/domain/chart-request.ts';
import { parseWindow } from '../../src/domain/window.ts';
import { panel, ZONE } from './requests.ts';

export function period(from: string, to: string, windows: number): ChartPeriod {
  return { from: parseWindow(from, ZONE, 'day'), to: parseWindow(to, ZONE, 'day'), windows };
}

const periods = {
  zone: ZONE,
  usual: period('2001-02-04', '2001-03-03', 26),
  now: period('2001-03-04', '2001-03-06', 3),
};

/** A bell around `centre` of bars that are one wide. */
function bell(index: number, centre: number, width: number): number {
  return Math.exp(-(((index - centre) / width) ** 2));
}

function bars(usualTotal: number, nowTotal: number): HistogramChartRequest['bars'] {
  const heights = Array.from({ length: 24 }, (_, index) => ({ usual: bell(index, 9, 4), now: bell(index, 15, 3) }));
  const sum = (of: 'usual' | 'now') => heights.reduce((total, height) => total + height[of], 0);
  return heights.map(({ usual, now }, index) => ({
    lower: 200 + index * 50,
    upper: 250 + index * 50,
    usual: (usual / sum('usual')) * usualTotal,
    now: (now / sum('now')) * nowTotal,
  }));
}

export const histogram: HistogramChartRequest = {
  kind: 'histogram',
  ...periods,
  title: 'distance',
  unit: 'miles',
  bars: bars(0.98, 0.6),
  rest: [
    { label: 'missing', role: 'rest', usual: 0.02, now: 0.35 },
    { label: 'above 1,400', role: 'rest', usual: 0, now: 0.05 },
  ],
};

export const shares: SharesChartRequest = {
  kind: 'shares',
  ...periods,
  title: 'origin',
  rows: [
    { label: 'ORD', role: 'value', usual: 0.21, now: 0.08 },
    { label: 'ATL', role: 'value', usual: 0.19, now: 0.2 },
    { label: 'DFW', role: 'value', usual: 0.14, now: 0.15 },
    { label: 'LAX', role: 'value', usual: 0.08, now: 0.09 },
    { label: 'a category with a very long name indeed', role: 'value', usual: 0.05, now: 0.0004 },
    { label: 'all others', role: 'others', usual: 0.3, now: 0.3 },
    { label: 'never seen before', role: 'rest', usual: 0, now: 0.17 },
    { label: 'missing', role: 'rest', usual: 0.03, now: 0.0096 },
  ],
};

const titles = [
  'delay_score mean',
  'delay_score coverage',
  'traffic',
  'distance mean',
  'origin share[ORD]',
  'age missing rate',
  'a_feature_with_a_name_that_does_not_fit coverage',
];

export const overview: OverviewChartRequest = {
  kind: 'overview',
  zone: ZONE,
  panels: titles.map((title, index) =>
    panel({
      title,
      unit: ['', 'share', 'rows', 'miles', 'share', 'share', 'share'][index] ?? '',
      from: '2001-02-08',
      to: '2001-03-08',
      value: (at) => {
        if (index === 6 && at > 20) return null;
        const level = [0.3, 0.99, 31_250, 711, 0.2, 0.001, 0.8][index] ?? 0;
        return level * (1 + 0.03 * Math.sin(at * 0.9 + index) - (index < 2 && at > 24 ? 0.2 : 0));
      },
      band: () => {
        const level = [0.3, 0.99, 31_250, 711, 0.2, 0.001, 0.8][index] ?? 0;
        return [level * 0.93, level * 1.07];
      },
      isAnomaly: (at) => (index < 2 && at > 24) || (index === 6 && at > 20),
    }),
  ),
};

export const strip: StripChartRequest = {
  kind: 'strip',
  zone: ZONE,
  rows: ['flight-delay', 'checkout-fraud', 'a-model-with-quite-a-long-slug-for-a-phone'].map((title, row) => ({
    title,
    state: ['firing since 5 Mar', 'quiet', 'no rows for 3 days'][row] ?? '',
    isFiring: row !== 1,
    lead: overview.panels[[0, 3, 6][row] ?? 0] ?? panel(),
    reports:
      row === 1
        ? []
        : [
            {
              startMs: parseWindow('2001-03-04', ZONE, 'day').startMs,
              endMs: parseWindow('2001-03-07', ZONE, 'day').endMs,
            },
          ],
  })),
};

export const reliability: ReliabilityChartRequest = {
  kind: 'reliability',
  title: 'What it said, and what came true',
  bins: [
    { said: 0.12, real: 0, low: 0, high: 0.3, labels: 9 },
    { said: 0.31, real: 0.35, low: 0.18, high: 0.57, labels: 20 },
    { said: 0.52, real: 0.41, low: 0.28, high: 0.56, labels: 44 },
    { said: 0.71, real: 0.6, low: 0.45, high: 0.73, labels: 43 },
    { said: 0.93, real: 0.97, low: 0.84, high: 0.99, labels: 31 },
  ],
};

/** One request of each kind that came after the series, as people meet them. */
export const kinds: Readonly<Record<string, ChartRequest>> = { histogram, shares, overview, strip, reliability };

/** The least that each kind may be drawn of. */
export const bare: Readonly<Record<string, ChartRequest>> = {
  'histogram-of-one-value': {
    ...histogram,
    unit: '',
    bars: [{ lower: 7, upper: 7 + 1e-9, usual: 1, now: 0 }],
    rest: [{ label: 'missing', role: 'rest', usual: 0, now: 1 }],
  },
  'histogram-without-bars': { ...histogram, bars: [], rest: histogram.rest.slice(0, 1) },
  'shares-of-nothing': { ...shares, rows: [{ label: '', role: 'value', usual: 0, now: 0 }] },
  'overview-of-one': { ...overview, panels: [panel({ title: 'new feature', value: () => null, band: () => null })] },
  'reliability-of-one': { ...reliability, bins: [{ said: 0.6, real: 1, low: 0.21, high: 1, labels: 1 }] },
  'strip-of-one': {
    ...strip,
    rows: [{ title: '', state: '', isFiring: false, lead: { title: 'score', unit: '', points: [] }, reports: [] }],
  },
};

const longName = 'a_name_that_does_not_end_'.repeat(20);

/** As much as each kind may hold, with names that do not fit. */
export const crowded: Readonly<Record<string, ChartRequest>> = {
  'histogram-of-tiny-values': {
    ...histogram,
    title: longName,
    unit: longName,
    bars: histogram.bars.map((bar) => ({ ...bar, lower: bar.lower * 1e-12, upper: bar.upper * 1e-12 })),
  },
  'shares-crowded': {
    ...shares,
    title: longName,
    rows: Array.from({ length: 12 }, (_, index) => ({
      label: `${index} ${longName}`,
      role: 'value' as const,
      usual: 0.9999,
      now: index * 1e-6,
    })),
  },
  'reliability-crowded': {
    ...reliability,
    title: longName,
    bins: Array.from({ length: 5 }, (_, index) => ({
      said: index / 4,
      real: 1 - index / 4,
      low: 0,
      high: 1,
      labels: 123_456,
    })),
  },
  'overview-crowded': {
    ...overview,
    panels: Array.from({ length: 12 }, (_, index) =>
      panel({
        title: `${index} ${longName}`,
        unit: index % 2 === 0 ? longName : 'share',
        value: (at) => (index % 2 === 0 ? -1.234567e11 * (at + 1) : 0.123456),
        band: () => (index % 2 === 0 ? [-9.87654e11, -1.23456e11] : [0.111111, 0.999999]),
        isAnomaly: () => true,
      }),
    ),
  },
};

import type { ChartMarker, ChartPanel, ChartPoint, SeriesChartRequest } from '../../src/domain/chart-request.ts';
import type { Granularity } from '../../src/domain/model.ts';
import { parseInstant, windowsBetween } from '../../src/domain/window.ts';

export const ZONE = 'America/New_York';

/** `value(i)` with a band of plus and minus ten per cent of 100; anomalous where told. */
export function panel(
  overrides: {
    readonly title?: string;
    readonly unit?: string;
    readonly zone?: string;
    readonly granularity?: Granularity;
    readonly from?: string;
    readonly to?: string;
    readonly value?: (index: number) => number | null;
    readonly band?: (index: number) => readonly [lower: number, upper: number] | null;
    readonly isAnomaly?: (index: number) => boolean;
  } = {},
): ChartPanel {
  const { zone = ZONE, granularity = 'day', from = '2001-03-01', to = '2001-03-13' } = overrides;
  const { title = 'distance mean', unit = 'miles', isAnomaly = () => false } = overrides;
  const { value = (index: number) => 100 + (index % 3), band = () => [90, 110] as const } = overrides;
  const windows = windowsBetween(parseInstant(from, zone), parseInstant(to, zone), zone, granularity);
  const points = windows.map((window, index): ChartPoint => {
    const bounds = band(index);
    return {
      window,
      value: value(index),
      baseline: bounds === null ? null : (bounds[0] + bounds[1]) / 2,
      lower: bounds?.[0] ?? null,
      upper: bounds?.[1] ?? null,
      isAnomaly: isAnomaly(index),
    };
  });
  return { title, unit, points };
}

export function request(
  panels: readonly ChartPanel[],
  overrides: { readonly zone?: string; readonly markers?: readonly ChartMarker[] } = {},
): SeriesChartRequest {
  return { kind: 'series', zone: ZONE, markers: [], panels, ...overrides };
}

export function marker(from: string, to: string, text: string): ChartMarker {
  return { startMs: parseInstant(from, ZONE), endMs: parseInstant(to, ZONE), text };
}

const longName = 'a_feature_name_that_does_not_end_'.repeat(16);

/** One small request per thing that can go wrong; each has a golden specification and is drawn. */
export const requests: Readonly<Record<string, SeriesChartRequest>> = {
  'one-panel': request(
    [panel({ value: (index) => (index > 9 ? 71.5 : 100 + (index % 3)), isAnomaly: (index) => index > 9 })],
    { markers: [marker('2001-03-05', '2001-03-07', 'winter storm'), marker('2001-03-10', '2001-03-10', 'deploy v2')] },
  ),
  'six-panels': request(
    ['score mean', 'distance coverage', 'traffic', 'delay q95', 'origin share[ORD]', 'age missing_rate'].map(
      (title, index) =>
        panel({ title, unit: ['', 'share', 'rows', 'minutes', 'share', 'share'][index] ?? '', to: '2001-03-06' }),
    ),
  ),
  gaps: request([
    panel({
      value: (index) => ([2, 4, 5, 8].includes(index) ? null : 100),
      band: (index) => (index < 3 || index === 7 ? null : [90, 110]),
      isAnomaly: (index) => index === 5,
    }),
  ]),
  'constant-zero': request([panel({ unit: 'share', value: () => 0, band: () => [0, 0] })]),
  tiny: request([panel({ value: (index) => (index + 1) * 1e-9, band: () => [2e-9, 9e-9] })]),
  huge: request([panel({ value: (index) => (index + 1) * 1.5e12, band: () => [2e12, 9e12] })]),
  'hours-across-clock-change': request([
    panel({ granularity: 'hour', from: '2001-10-27T18:00', to: '2001-10-28T18:00' }),
  ]),
  'all-null': request([panel({ value: () => null, band: () => null, isAnomaly: (index) => index > 9 })]),
  'one-point': request([panel({ from: '2001-03-01', to: '2001-03-02' })]),
  'no-points': request([{ title: 'new feature', unit: '', points: [] }]),
  names: request(
    [
      panel({ title: '🚀 <b>bold</b> & "quoted" \u202eevil\u0000', unit: 'mi<les', to: '2001-03-03' }),
      panel({ title: longName, unit: longName, to: '2001-03-03' }),
      panel({ title: 'ממוצע מרחק', unit: 'ק״מ', to: '2001-03-03' }),
      panel({ title: 'Größe łódź Ωμέγα Москва', unit: 'µs', to: '2001-03-03' }),
    ],
    { markers: [marker('2001-03-01', '2001-03-02', `❄️ ${longName}`)] },
  ),
};

import { describe, expect, it } from 'vitest';
import { drawSpec } from '../../charts/draw.ts';
import { seriesSpec } from '../../charts/specs/series.ts';
import { linesOf } from '../../src/cli/detect.ts';
import { parseSeries } from '../../src/cli/series-files.ts';
import { gridOf } from '../../src/cli/series-grid.ts';
import {
  detectorSettings,
  generateCorpus,
  judgeSeries,
  referenceCorpus,
  type TrainableConfiguration,
} from '../../src/detection/index.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { createDetectorFrom, trainDetector } from '../../src/tensorflow/index.ts';
import { panel, request } from '../charts/requests.ts';

const DAY_MS = 86_400_000;
const SEED = 37;
const DAYS = 100;
const ANOMALOUS_DAYS = 5;

/** The fixture of the reference: a weekly sine from 2023-01-01, one unit higher and labelled on its last five days. */
function fixture() {
  const rows = Array.from({ length: DAYS }, (_, day) => {
    const date = new Date(Date.UTC(2023, 0, 1) + day * DAY_MS).toISOString().slice(0, 10);
    const isAnomalous = day >= DAYS - ANOMALOUS_DAYS;
    return `${date},${Math.sin((2 * Math.PI * day) / 7) + (isAnomalous ? 1 : 0)},${isAnomalous}`;
  });
  const [file] = parseSeries(`time,value,anomaly\n${rows.join('\n')}\n`, 'sine.csv', 'day');
  if (file === undefined) throw new Error('no series');
  return { file, grid: gridOf(file, 'day') };
}

describe.each(['paper', 'code'] as TrainableConfiguration[])('%s on the training fixture of the reference', (name) => {
  const train = (epochs: number) => {
    const settings = { ...detectorSettings[name], epochs };
    return trainDetector([fixture().grid], { settings, random: createSeededRandom(SEED) });
  };

  it('has three losses of each stage after three passes', async () => {
    const { losses, rows, anomalousRows } = await train(3);

    expect([losses.forecast.length, losses.classifier.length]).toEqual([3, 3]);
    expect([rows, anomalousRows]).toEqual([DAYS - detectorSettings[name].historyWindows, ANOMALOUS_DAYS]);
  });

  it('answers with the agreed columns and nothing of what it computed between, after ten passes', async () => {
    const { file, grid } = fixture();
    const trained = await train(10);
    const manifest = {
      name,
      configuration: name,
      historyWindows: 28,
      seed: SEED,
      trainedOn: '',
      quality: [],
      checksum: '',
    };
    const detector = await createDetectorFrom(manifest, trained, { threads: 0 });

    const [judged] = await judgeSeries(detector, [grid], { stride: 1 });
    await detector.close();

    if (judged === undefined) throw new Error('not judged');
    const lines = linesOf(file, grid, judged, { granularity: 'day', manifest, isFiltered: false });
    expect(lines).toHaveLength(DAYS);
    for (const line of lines) {
      expect(Object.keys(line).join()).toBe('series,time,value,baseline,lower,upper,score,anomaly,finding');
    }
    expect(lines.slice(28).every((line) => typeof line.anomaly === 'boolean' && line.score !== null)).toBe(true);
  });
});

it('draws a generated series', async () => {
  const [series] = generateCorpus({ ...referenceCorpus, seriesPerKind: 1, windows: 60 }, createSeededRandom(1));
  const drawn = panel({
    from: '2022-01-01',
    to: '2022-03-02',
    title: series?.name ?? '',
    value: (day) => series?.values[day] ?? null,
    band: () => null,
    isAnomaly: (day) => series?.labels[day] === 1,
  });

  const { png } = await drawSpec(seriesSpec(request([drawn])));

  expect(png.length).toBeGreaterThan(1_000);
});

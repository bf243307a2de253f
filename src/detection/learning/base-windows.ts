import type { Detection } from '../../domain/anomaly.ts';
import { isNearlyTold, type WindowEvidence } from '../../domain/correction.ts';
import type { SeriesStatistic } from '../../domain/statistic.ts';
import type { StatisticKind } from '../../domain/statistic-kind.ts';
import type { Window } from '../../domain/window.ts';
import type { CorpusSeries } from '../driftbell/corpus/draw-corpus.ts';
import type { JudgedGrid } from '../judged-grid.ts';
import { type EvidenceThreshold, NO_PEERS, windowEvidence } from './window-evidence.ts';

/** A judged window of a generated series, outside its band and at least nearly an anomaly. */
export interface JudgedBaseWindow {
  readonly seen: WindowEvidence;
  readonly isReal: boolean;
}

const NO_WINDOW: Window = { key: '', startMs: 0, endMs: 0 };

/** A statistic of each kind: the corpus knows kinds only. */
const statisticOf: Readonly<Record<StatisticKind, SeriesStatistic>> = {
  level: 'mean',
  scale: 'standard_deviation',
  rate: 'coverage',
  count: 'traffic',
  distance: 'psi',
  performance: 'auc',
};

/** Windows of generated series as stage 2 sees them, with their truth; what is unsettled is left out. */
export function baseWindows(
  series: readonly CorpusSeries[],
  judged: readonly JudgedGrid[],
  { historyWindows, threshold }: { readonly historyWindows: number; readonly threshold: EvidenceThreshold },
): readonly JudgedBaseWindow[] {
  return series.flatMap((one, index) => {
    const grid = judged[index];
    if (grid === undefined) return [];
    const found: JudgedBaseWindow[] = [];
    one.values.forEach((value, at) => {
      const detection = detectionAt(one, grid, at);
      if (detection === undefined || one.isUnsettled[at] === 1) return;
      const { lower, upper } = detection.forecast;
      if (value >= lower && value <= upper) return;
      const history = Array.from(one.values.subarray(Math.max(0, at - historyWindows), at));
      const seen = windowEvidence(detection, { history, peers: NO_PEERS }, threshold);
      if (seen !== undefined && isNearlyTold(seen)) found.push({ seen, isReal: one.labels[at] === 1 });
    });
    return found;
  });
}

function detectionAt(
  { values, statisticKind = 'level' }: CorpusSeries,
  grid: JudgedGrid,
  at: number,
): (Detection & Required<Pick<Detection, 'forecast'>>) | undefined {
  const [value, baseline, lower, upper] = [values, grid.baseline, grid.lower, grid.upper].map(
    (of) => of[at] ?? Number.NaN,
  );
  if (![value, baseline, lower, upper].every((one) => one !== undefined && Number.isFinite(one))) return undefined;
  const [score, tail] = [grid.score[at] ?? Number.NaN, grid.tail[at] ?? Number.NaN];
  return {
    series: { segment: '', column: '', role: 'feature', statistic: statisticOf[statisticKind] },
    window: NO_WINDOW,
    value: value ?? 0,
    rows: 0,
    forecast: { baseline: baseline ?? 0, lower: lower ?? 0, upper: upper ?? 0 },
    ...(Number.isFinite(score) && { score }),
    ...(Number.isFinite(tail) && { tail }),
    isAnomaly: grid.anomalies[at] === 1,
  };
}

import type { Draws } from '../../synthetic/draws.ts';
import { type CorpusOptions, type CorpusSeries, calibrationCorpus, drawCorpus } from './draw-corpus.ts';

/** A shift is told until it has become the new normal, which takes the ten windows of one side and what is left out. */
const WINDOWS_TO_NEW_NORMAL = 15;

/** Healthy series as they usually are, without gaps; windows right after a lasting shift are labelled. */
export function drawHealthy(corpus: CorpusOptions, draws: Draws): readonly CorpusSeries[] {
  const healthy = drawCorpus({ ...calibrationCorpus(corpus), faultShare: 0, gapShare: 0 }, draws);
  return healthy.map((one) => ({ ...one, labels: afterShift(one.isUnsettled) }));
}

function afterShift(isUnsettled: Uint8Array): Uint8Array {
  const first = isUnsettled.indexOf(1);
  return first < 0 ? isUnsettled : isUnsettled.slice().fill(1, first, first + WINDOWS_TO_NEW_NORMAL);
}

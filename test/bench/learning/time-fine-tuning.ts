import { contextNames } from '../../../src/domain/correction.ts';
import type { Label } from '../../../src/domain/label.ts';
import { NOTHING_LEARNED } from '../../../src/domain/learned-version.ts';
import { trainCandidate } from '../../../src/feedback/learning/train-candidate.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import type { Learner } from '../../../src/ports/learner.ts';
import { day, seriesKey } from '../../builders/detections.ts';
import { label } from '../../builders/labels.ts';

const LABELS = 500;
/** Four blocks of the gate and the candidate itself. */
const TRAININGS = 5;

/** Seconds for all that a night trains with so many labels; the base set is there already. */
export async function timeFineTuning(learner: Learner): Promise<number> {
  const { replayed } = await learner.baseSet();
  const random = createSeededRandom(3);
  const labels = Array.from({ length: LABELS }, (_, index): Label => {
    const context = contextNames.map(() => random.uniform());
    return label({
      window: day(index),
      series: seriesKey({ column: `c${index % 40}` }),
      seen: { evidence: 6 * random.uniform(), context },
      verdict: random.uniform() < 0.5 ? 'real' : 'not_useful',
    });
  });
  const start = performance.now();
  for (let training = 0; training < TRAININGS; training += 1) {
    const input = { replayed, inForce: NOTHING_LEARNED, seed: training, random: createSeededRandom(training) };
    await trainCandidate(labels, learner, input);
  }
  return (performance.now() - start) / 1_000;
}

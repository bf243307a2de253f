import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawSpec } from '../../../charts/draw.ts';
import { createLearner } from '../../../src/learner/create-learner.ts';
import { createDetector } from '../../../src/tensorflow/index.ts';
import { curveChart } from './curve-chart.ts';
import { type Feedback, type Simulation, simulate, type Week } from './simulate.ts';
import { timeFineTuning } from './time-fine-tuning.ts';
import { drawWorld } from './world.ts';

const ARMS: Readonly<Record<string, Feedback>> = {
  'no feedback': { actsAtOnce: false, learns: false, wrongShare: 0 },
  'acts at once only': { actsAtOnce: true, learns: false, wrongShare: 0.1 },
  'learns only': { actsAtOnce: false, learns: true, wrongShare: 0.1 },
  'both, 10 % wrong votes': { actsAtOnce: true, learns: true, wrongShare: 0.1 },
  'both, 30 % wrong votes': { actsAtOnce: true, learns: true, wrongShare: 0.3 },
};
const WORLD = { models: 12, series: 30, seed: 4_711 } as const;
/** By the end of this week false reports are to be half. */
const GOAL_WEEK = 6;
const DAYS_PER_MONTH = 30;

/** Simulated owners: what feedback does to false reports and to recall, week by week, on series nothing was trained on. */
export async function benchLearning(write: (line: string) => void, options: readonly string[]): Promise<void> {
  const picture = options.includes('--picture');
  for (const name of detectors(options)) {
    const folder = join('detectors', name);
    const detector = await createDetector(folder, { threads: 0 });
    const learner = createLearner({ folder });
    try {
      const world = await drawWorld(detector, WORLD);
      write(`${name}: ${WORLD.models} models of ${WORLD.series} series, 12 weeks`);
      const arms = new Map<string, Simulation>();
      for (const [arm, feedback] of Object.entries(ARMS)) {
        const result = await simulate(world, { detector, learner, feedback });
        arms.set(arm, result);
        tell(write, arm, result, arms.get('no feedback') ?? result);
      }
      if (picture) {
        const path = join('docs', `learning-${name}.png`);
        await writeFile(path, (await drawSpec(curveChart(name, arms))).png);
        write(`${path} written`);
      }
      write(`  fine-tuning with 500 labels: ${(await timeFineTuning(learner)).toFixed(1)} s of 60 s allowed`);
    } finally {
      await learner.close();
      await detector.close();
    }
  }
}

/** `--detector paper`: of one only. */
function detectors(options: readonly string[]): readonly string[] {
  const at = options.indexOf('--detector');
  return at < 0 ? ['driftbell', 'paper'] : [options[at + 1] ?? ''];
}

function tell(write: (line: string) => void, arm: string, { weeks, votes, steps }: Simulation, none: Simulation): void {
  const monthly = (of: readonly Week[]) =>
    (mean(of.map(({ falseReports }) => falseReports)) * DAYS_PER_MONTH) / 7 / WORLD.models;
  const findings = (of: Simulation) => sum(late(of).map(({ falseFindings }) => falseFindings));
  const late = (of: Simulation) => of.weeks.slice(GOAL_WEEK - 1);
  const recall = (of: readonly Week[]) => sum(of.map(({ found }) => found)) / sum(of.map(({ incidents }) => incidents));
  const ratio = monthly(late({ weeks, votes, steps })) / monthly(late(none));
  write(`  ${arm} (${votes} votes)`);
  write(`    false reports by week: ${weeks.map(({ falseReports }) => falseReports).join(' ')}`);
  write(
    `    false findings by week: ${weeks.map(({ falseFindings }) => falseFindings).join(' ')} (${(findings({ weeks, votes, steps }) / findings(none)).toFixed(2)} x from week ${GOAL_WEEK} on)`,
  );
  write(`    real reports by week:  ${weeks.map(({ realReports }) => realReports).join(' ')}`);
  write(
    `    false reports per model and month, from week ${GOAL_WEEK} on: ${monthly(weeks.slice(GOAL_WEEK - 1)).toFixed(2)} (${ratio.toFixed(2)} x without feedback); recall of incidents ${(100 * recall(weeks)).toFixed(1)} % (${(100 * (recall(weeks) - recall(none.weeks))).toFixed(1)} points)`,
  );
  if (steps.length > 0) write(`    ${steps.map((step, week) => `${week + 1}: ${step}`).join(' · ')}`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / Math.max(1, values.length);
}

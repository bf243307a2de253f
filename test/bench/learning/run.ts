import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawSpec } from '../../../charts/draw.ts';
import { createLearner } from '../../../src/learner/create-learner.ts';
import type { Detector } from '../../../src/ports/detector.ts';
import type { Learner } from '../../../src/ports/learner.ts';
import { createDetector } from '../../../src/tensorflow/index.ts';
import { curveChart } from './curve-chart.ts';
import { drawWorld } from './drawn-world.ts';
import { realWorlds } from './real-worlds.ts';
import { type Feedback, type Simulation, simulate } from './simulate.ts';
import { tellArm, tellRecurrence } from './tell.ts';
import { timeFineTuning } from './time-fine-tuning.ts';
import { type PlayedSet, tellTwelveWeeks } from './twelve-weeks.ts';
import { sumWeeks } from './weeks.ts';
import { type World, weeksOf } from './world.ts';

const NO_FEEDBACK = 'no feedback';
const ARMS: Readonly<Record<string, Feedback>> = {
  [NO_FEEDBACK]: { actsAtOnce: false, learns: false, wrongShare: 0 },
  'acts at once only': { actsAtOnce: true, learns: false, wrongShare: 0.1 },
  'learns only': { actsAtOnce: false, learns: true, wrongShare: 0.1 },
  'both, 10 % wrong votes': { actsAtOnce: true, learns: true, wrongShare: 0.1 },
  'both, owners vote on all reports': { actsAtOnce: true, learns: true, wrongShare: 0.1, diligence: 1 },
  'both, missed incidents named': { actsAtOnce: true, learns: true, wrongShare: 0.1, namedShare: 0.2 },
  'learns only, 30 % wrong votes': { actsAtOnce: false, learns: true, wrongShare: 0.3 },
  'both, 30 % wrong votes': { actsAtOnce: true, learns: true, wrongShare: 0.3 },
};
/** The others lie on these: what is learned at night changes little of what acts at once. */
const PICTURED: ReadonlySet<string> = new Set([
  NO_FEEDBACK,
  'learns only',
  'both, 10 % wrong votes',
  'both, owners vote on all reports',
  'both, 30 % wrong votes',
]);
/** Worlds that nothing was tuned on: feedback was worked on with others (`--seeds 9001,9002,9003,9004`). */
const SEEDS = [7_301, 7_302, 7_303, 7_304];
const DRAWN = { models: 24, series: 30 } as const;
/** By the end of this week false reports are to be half; of a shorter world its second half is told. */
const GOAL_WEEK = 6;
/** Hourly series with labels are four weeks long: there every night is learned, as the bot does. */
const LEARNS_EVERY_DAYS = { day: 7, hour: 1 } as const;
const PEOPLE_SEED = 11;
/** Public series are few, and one draw of people on them is luck: each set is played with so many; of days, as six years take long. */
const PEOPLE_DRAWS = { hour: 10, day: 3 } as const;

/**
 * Simulated owners: what feedback does to false reports and to recall, week by week. Options: --detector NAME; --picture;
 * --data FOLDER, to do so on public series with labels instead of generated ones.
 */
export async function benchLearning(write: (line: string) => void, options: readonly string[]): Promise<void> {
  const data = optionOf(options, '--data');
  const seeds = optionOf(options, '--seeds')?.split(',').map(Number) ?? SEEDS;
  for (const name of detectors(options)) {
    const folder = join('detectors', name);
    const detector = await createDetector(folder, { threads: 0 });
    const learner = createLearner({ folder });
    try {
      if (data !== undefined) {
        const played: PlayedSet[] = [];
        for (const world of await realWorlds(detector, data)) {
          const draws = PEOPLE_DRAWS[world.granularity];
          write(`${name}, ${world.name}: ${extentWords(world)}, ${draws} draws of people`);
          const drawn = Array.from({ length: draws }, () => world);
          played.push({ draws, since: sinceOf(drawn), arms: await runArms(write, drawn, { detector, learner }) });
        }
        tellTwelveWeeks(write, played);
        continue;
      }
      const worlds: World[] = [];
      for (const seed of seeds) worlds.push(await drawWorld(detector, { ...DRAWN, seed }));
      write(`${name}: ${seeds.length} times ${worlds[0]?.name}`);
      const arms = await runArms(write, worlds, { detector, learner });
      if (options.includes('--picture')) {
        const path = join('docs', `learning-${name}.png`);
        await writeFile(
          path,
          (await drawSpec(curveChart(name, new Map([...arms].filter(([arm]) => PICTURED.has(arm)))))).png,
        );
        write(`${path} written`);
      }
      write(`  fine-tuning with 500 labels: ${(await timeFineTuning(learner)).toFixed(1)} s of 60 s allowed`);
    } finally {
      await learner.close();
      await detector.close();
    }
  }
}

async function runArms(
  write: (line: string) => void,
  worlds: readonly World[],
  parts: { readonly detector: Detector; readonly learner: Learner },
): Promise<ReadonlyMap<string, Simulation>> {
  const arms = new Map<string, Simulation>();
  const since = sinceOf(worlds);
  for (const [arm, feedback] of Object.entries(ARMS)) {
    const results: Simulation[] = [];
    for (const [place, world] of worlds.entries()) {
      const learnsEveryDays = LEARNS_EVERY_DAYS[world.granularity];
      results.push(await simulate(world, { ...parts, feedback, learnsEveryDays, seed: PEOPLE_SEED + place }));
    }
    const joined = pool(results);
    arms.set(arm, joined);
    const none = arms.get(NO_FEEDBACK) ?? joined;
    if (arm === NO_FEEDBACK) tellRecurrence(write, joined, since);
    tellArm(write, arm, {
      result: joined,
      none,
      since,
      models: worlds.reduce((sum, one) => sum + one.models.length, 0),
    });
  }
  return arms;
}

/** The week from which on the effect is told. */
function sinceOf(worlds: readonly World[]): number {
  return Math.min(GOAL_WEEK, Math.ceil(Math.max(...worlds.map(weeksOf)) / 2) + 1);
}

/** Several worlds of equal length as one. */
function pool(results: readonly Simulation[]): Simulation {
  const models = results.flatMap((one) => one.models);
  return {
    ...{ weeks: sumWeeks(models), models },
    votes: results.reduce((total, { votes }) => total + votes, 0),
    named: results.reduce((total, { named }) => total + named, 0),
    steps: results.flatMap(({ steps }) => steps),
    falseRuns: results.flatMap(({ falseRuns }) => falseRuns),
  };
}

/** `--detector paper`: of one only. */
function detectors(options: readonly string[]): readonly string[] {
  const named = optionOf(options, '--detector');
  return named === undefined ? ['driftbell', 'paper'] : [named];
}

function optionOf(options: readonly string[], name: string): string | undefined {
  const at = options.indexOf(name);
  return at < 0 ? undefined : (options[at + 1] ?? '');
}

function extentWords(world: World): string {
  const series = world.models.reduce((sum, model) => sum + model.series.length, 0);
  return `${world.models.length} model${world.models.length === 1 ? '' : 's'} of ${series} series, ${weeksOf(world)} weeks by ${world.granularity}`;
}

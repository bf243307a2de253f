import type { Interval90 } from '../../../src/detection/index.ts';
import { isAboutAsFar } from '../../../src/domain/departure.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import { type Effect, effectOf } from './effect.ts';
import type { Simulation } from './simulate.ts';
import type { Week } from './weeks.ts';

const DAYS_PER_MONTH = 30;

export interface ArmInput {
  readonly result: Simulation;
  readonly none: Simulation;
  /** Week from which on the effect is told, from 1. */
  readonly since: number;
  readonly models: number;
}

export function tellArm(write: (line: string) => void, arm: string, { result, none, since, models }: ArmInput): void {
  const { weeks, votes, named, steps } = result;
  const late = (of: Simulation) => of.weeks.slice(since - 1);
  const total = (of: readonly Week[], name: keyof Week) => of.reduce((sum, week) => sum + week[name], 0);
  const compared = (name: keyof Week) => {
    const [now, before] = [total(late(result), name), total(late(none), name)];
    return `${now}${before > 0 ? ` (${(now / before).toFixed(2)} x)` : ''}`;
  };
  const recall = ({ weeks: of }: Simulation) => total(of, 'found') / total(of, 'incidents');
  const perMonth = (total(late(result), 'falseReports') * DAYS_PER_MONTH) / (7 * late(result).length * models);
  write(`  ${arm} (${votes} votes${named > 0 ? `, ${named} incidents named` : ''})`);
  if (weeks.length <= MOST_WEEKS_SHOWN) {
    for (const name of ['falseReports', 'falseFindings', 'realReports'] as const) {
      write(`    ${words[name]} by week: ${weeks.map((week) => week[name]).join(' ')}`);
    }
  }
  write(
    `    from week ${since} on: false findings ${compared('falseFindings')}, false reports ${compared('falseReports')}, ${perMonth.toFixed(2)} per model and month; false as their real part was quieted ${total(late(result), 'robbedReports')}; real reports ${compared('realReports')}`,
  );
  write(
    `    recall of ${total(weeks, 'incidents')} incidents ${(100 * recall(result)).toFixed(1)} % (${(100 * (recall(result) - recall(none))).toFixed(1)} points)`,
  );
  if (result !== none) tellEffect(write, { result, none, since });
  if (steps.length > 0) write(`    learning: ${stepWords(steps)}`);
}

/** Of fewer models drawn again little can be said of others. */
const LEAST_MODELS = 10;
const BOOTSTRAP_SEED = 5;

/** Against the same models without feedback, with an interval over models. */
function tellEffect(write: (line: string) => void, { result, none, since }: Omit<ArmInput, 'models'>): void {
  const random = createSeededRandom(BOOTSTRAP_SEED);
  const effect = effectOf({ none: none.models, with: result.models, since, random });
  const isSure = none.models.length >= LEAST_MODELS;
  const words = (name: keyof Effect, digits: number, factor = 1): string => {
    const { value, low, high }: Interval90 & { readonly value: number } = effect[name];
    const [at, from, to] = [value, low, high].map((figure) => (factor * figure).toFixed(digits));
    return isSure ? `${at} (${from} to ${to})` : `${at}`;
  };
  write(
    `    with 90 % intervals over models: false findings ${words('falseFindings', 2)} x, false reports ${words('falseReports', 2)} x, recall ${words('recall', 1, 100)} points, from week ${since} on ${words('lateRecall', 1, 100)}`,
  );
  write(
    `    findings and incidents from week ${since} on: F1 ${words('f1Before', 2)} before, ${words('f1After', 2)} after, ${words('f1', 3)}; precision ${words('precisionBefore', 2)} before, ${words('precisionAfter', 2)} after`,
  );
}

const MOST_WEEKS_SHOWN = 13;
const words = { falseReports: 'false reports', falseFindings: 'false findings', realReports: 'real reports' } as const;

function stepWords(steps: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const step of steps) {
    // Figures differ each time; what was wrong is told without them.
    const kind = step
      .replaceAll(/ falls (by|from) [^;)]*/g, '')
      .replaceAll(/ quiet, \d+ %/g, ' quiet, too much')
      .replaceAll(/\d+ incidents/g, 'too few incidents');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([step, count]) => `${count} x ${step}`).join('; ');
}

/** How often a false finding comes again on its series and side: what does not can be learned from nothing. */
export function tellRecurrence(write: (line: string) => void, { falseRuns }: Simulation, since: number): void {
  const late = falseRuns.filter(({ week }) => week >= since);
  const again = late.filter(({ largestBefore }) => largestBefore !== undefined);
  const alike = again.filter(({ departure, largestBefore }) => isAboutAsFar(departure, largestBefore)).length;
  const counts = new Map<string, number>();
  for (const { series } of falseRuns) counts.set(series, (counts.get(series) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  write(
    `  without feedback: ${late.length} false findings from week ${since} on, ${again.length} of them on a series and side that had one before; ${alike} about as far as it; of all ${falseRuns.length} the noisiest series has ${most}`,
  );
}

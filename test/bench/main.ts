import { benchConformance } from './conformance/run.ts';
import { benchDetect } from './detect.ts';
import { benchLearning } from './learning/run.ts';
import { benchReplay } from './replay/run.ts';
import { benchReport } from './report.ts';
import { benchSlack } from './slack.ts';
import { benchStatistics, benchWideStatistics } from './statistics.ts';
import { benchTrain } from './train.ts';

type Bench = (write: (line: string) => void, options: readonly string[]) => Promise<void>;

/** Figures are for comparison within one run. */
const benches: Readonly<Record<string, Bench>> = {
  statistics: benchStatistics,
  'statistics-wide': benchWideStatistics,
  detect: benchDetect,
  train: benchTrain,
  report: benchReport,
  slack: benchSlack,
};

/** Those that want data from outside the project or take minutes, and so are run only when they are named. */
const named: Readonly<Record<string, Bench>> = {
  replay: benchReplay,
  conformance: benchConformance,
  learning: benchLearning,
};

/** `npm run bench` runs all; `npm run bench -- statistics` the named ones; what begins with a dash is for the one before. */
const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('-'));
const asked = firstOption < 0 ? words : words.slice(0, firstOption);
const options = firstOption < 0 ? [] : words.slice(firstOption);
const all = { ...benches, ...named };
const unknown = asked.find((name) => all[name] === undefined);
if (unknown !== undefined) {
  process.stderr.write(`bench: expected ${Object.keys(all).join(', ')}, got ${unknown}\n`);
  process.exitCode = 2;
} else {
  for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
    process.stdout.write(`${name}\n`);
    await all[name]?.((line) => process.stdout.write(`  ${line}\n`), options);
  }
}

import { benchDetect } from './detect.ts';
import { benchStatistics, benchWideStatistics } from './statistics.ts';
import { benchTrain } from './train.ts';

/** `npm run bench` runs all; `npm run bench -- statistics` the named ones. Figures are for comparison within one run. */
const benches: Readonly<Record<string, (write: (line: string) => void) => Promise<void>>> = {
  statistics: benchStatistics,
  'statistics-wide': benchWideStatistics,
  detect: benchDetect,
  train: benchTrain,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => benches[name] === undefined);
if (unknown !== undefined) {
  process.stderr.write(`bench: expected ${Object.keys(benches).join(', ')}, got ${unknown}\n`);
  process.exitCode = 2;
} else {
  for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
    process.stdout.write(`${name}\n`);
    await benches[name]?.((line) => process.stdout.write(`  ${line}\n`));
  }
}

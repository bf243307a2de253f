import type { Command } from 'commander';
import type { CalibrationChange } from '../domain/calibration.ts';
import { detectorVersion } from '../domain/detector.ts';
import { DriftbellError } from '../domain/errors.ts';
import { calibrate } from '../jobs/index.ts';
import type { Core } from '../main.ts';
import { formatShare } from '../messages/format-number.ts';
import type { CliDeps } from './deps.ts';
import { openKnownCore } from './open-core.ts';
import { shortNumber, textTable } from './text-table.ts';

interface CalibrateArguments {
  readonly dryRun?: true;
  readonly json?: true;
}

export function registerCalibrate(program: Command, deps: CliDeps): void {
  program
    .command('calibrate')
    .description('correct the detector’s tail probabilities by how rare the windows of the last 90 days were')
    .option('--dry-run', 'show what would be learned, and keep nothing')
    .option('--json', 'one JSON object per kind of statistic')
    .action((options: CalibrateArguments) => run(deps, options));
}

async function run(deps: CliDeps, options: CalibrateArguments): Promise<void> {
  const { terminal, signal } = deps;
  const core = await openKnownCore(deps);
  try {
    requireTails(core);
    const changes =
      options.dryRun === true ? await core.calibrate({ isDryRun: true, signal }) : await calibrate(core, signal);
    if (changes === undefined) throw underWay();
    const lines = options.json === true ? changes.map(jsonOf) : readable(core, changes, options);
    for (const line of lines) terminal.write(`${line}\n`);
  } finally {
    await core.close();
  }
}

function readable(core: Core, changes: readonly CalibrationChange[], { dryRun }: CalibrateArguments): string[] {
  const version = detectorVersion(core.detector.manifest);
  if (changes.length === 0) return [`No window of the last 90 days was judged by ${version}: nothing is learned.`];
  const levels = changes[0]?.calibration.reliability.map(({ nominal }) => nominal) ?? [];
  const header = ['kind', 'window', 'series', 'windows', 'left out', ...levels.map(formatShare), 'before', 'factor'];
  const rows = changes.map(({ calibration, before }) => [
    ...[calibration.kind, calibration.granularity],
    ...[calibration.series, calibration.windows, calibration.leftOut].map(shortNumber),
    ...calibration.reliability.map(({ healthy, all }) => (healthy === null ? `(${shares(all)})` : shares(healthy))),
    ...[before, calibration.factor].map((factor) => factor.toFixed(FACTOR_DECIMALS)),
  ]);
  return [
    ...textTable(header, rows),
    'Under each level: the share of healthy windows that were as rare; in brackets that of all, where flagged ones are needed.',
    dryRun === true ? 'Nothing was kept: this was a dry run.' : `Kept for ${version}.`,
  ];
}

const FACTOR_DECIMALS = 2;
const SHARE_DIGITS = 3;

function shares(share: number): string {
  return formatShare(Number(share.toPrecision(SHARE_DIGITS)));
}

function jsonOf({ calibration, before }: CalibrationChange): string {
  return JSON.stringify({ ...calibration, before });
}

function requireTails({ detector }: Core): void {
  if (detector.manifest.judging !== undefined) return;
  throw new DriftbellError('usage.invalid', {
    expected: 'a detector with tail probabilities',
    received: `${detector.manifest.name}, which decides by its classifier`,
    remedy: 'set DRIFTBELL_DETECTOR to the folder of one, such as detectors/driftbell',
  });
}

function underWay(): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: 'one calibration at a time',
    received: 'a second one',
    remedy: 'wait for the first to end; if it was killed, for two minutes',
  });
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { detectorWords } from '../doctor/detector-words.ts';
import { DriftbellError, isDriftbellError } from '../domain/errors.ts';
import { type Examined, healthSummary, ill, well } from '../domain/examined.ts';
import { packageRoot, shippedDetectorFolder } from '../platform/package-root.ts';
import type { CliDeps } from './deps.ts';
import { withCopiedCore } from './open-core.ts';
import { slackSettings } from './slack-settings.ts';
import { textTable } from './text-table.ts';

interface DoctorOptions {
  readonly json?: true;
}

export function registerDoctor(program: Command, deps: CliDeps): void {
  program
    .command('doctor')
    .description('what is configured, reachable and granted; what is missing and how to mend it. Writes nothing')
    .option('--json', 'one JSON object per part')
    .action((options: DoctorOptions) => doctor(deps, options));
}

async function doctor(deps: CliDeps, options: DoctorOptions): Promise<void> {
  const { terminal } = deps;
  const examined = await examine(deps);
  const lines = options.json === true ? examined.map(jsonLine) : [...readable(examined), healthSummary(examined)];
  for (const line of lines) terminal.write(`${line}\n`);
  const sick = examined.filter(({ state }) => state === 'ill');
  if (sick.length === 0) return;
  throw new DriftbellError('doctor.ill', {
    expected: 'nothing to be ill',
    received: sick.map(({ part }) => part).join(', '),
    remedy: 'mend them as the lines above say',
  });
}

/** Each part on its own: what one of them suffers from does not hide the others. */
async function examine(deps: CliDeps): Promise<readonly Examined[]> {
  let config: Config;
  try {
    config = deps.readConfig();
  } catch (thrown) {
    return [fromError('settings', thrown)];
  }
  const { examineDatabase } = await import('../db/index.ts');
  const database = examineDatabase({ path: config.databasePath, migrationsFolder: join(packageRoot(), 'drizzle') });
  const detector = await examineDetector(config);
  return [
    well('settings', `All that are set can be read; ${schedules(config)}.`),
    database,
    detector,
    ...(await examineChat(config, deps)),
    ...(await examineRest(deps, config, { database, detector })),
  ];
}

function schedules({ schedule, retentionDays }: Config): string {
  const kept = retentionDays === 0 ? 'nothing is removed' : `${retentionDays} days are kept`;
  return `models are checked at “${schedule}”, ${kept}`;
}

async function examineDetector({ detectorFolder }: Config): Promise<Examined> {
  const { loadDetector } = await import('../tensorflow/index.ts');
  try {
    const { manifest } = await loadDetector(detectorFolder ?? shippedDetectorFolder());
    return detectorWords(manifest);
  } catch (thrown) {
    return fromError('detector', thrown);
  }
}

async function examineChat({ slack }: Config, { logger }: CliDeps): Promise<readonly Examined[]> {
  if (slack.kind === 'local') {
    return [well('Slack', 'No credentials are set: `driftbell start` starts the local workspace instead.')];
  }
  const { examineSlack } = await import('../slack/index.ts');
  return await examineSlack(slackSettings(slack), logger);
}

/** On a copy, so that an older database is not migrated by looking at it. */
async function examineRest(
  deps: CliDeps,
  config: Config,
  { database, detector }: { readonly database: Examined; readonly detector: Examined },
): Promise<readonly Examined[]> {
  const isThere = await stat(config.databasePath).catch(() => undefined);
  if (database.state === 'ill' || isThere === undefined) return [];
  const { examineCore } = await import('../doctor/examine-core.ts');
  const { detectorFolder: _broken, ...rest } = config;
  const readable: CliDeps = detector.state === 'ill' ? { ...deps, readConfig: () => rest } : deps;
  try {
    const examined = await withCopiedCore(readable, (core) => examineCore(core, deps.signal));
    return examined.filter(({ part }) => part !== detector.part);
  } catch (thrown) {
    deps.signal.throwIfAborted();
    return [fromError('database', thrown)];
  }
}

function fromError(part: string, thrown: unknown): Examined {
  if (!isDriftbellError(thrown)) throw thrown;
  const { expected, received, remedy } = thrown.facts;
  return ill(part, `Expected ${expected}, got ${received}.`, remedy);
}

function readable(examined: readonly Examined[]): string[] {
  const rows = examined.map(({ part, state, text, remedy }) => [
    ...[state, part, remedy === undefined ? text : `${text} To mend it: ${remedy}.`],
  ]);
  return textTable(['state', 'part', 'what was found'], rows);
}

function jsonLine({ part, state, text, remedy }: Examined): string {
  return JSON.stringify({ part, state, text, remedy: remedy ?? null });
}

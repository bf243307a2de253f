import { Command, CommanderError } from 'commander';
import { processEnvironment, readConfig } from '../config.ts';
import { createPinoLogger } from '../platform/pino-logger.ts';
import type { Clock } from '../ports/clock.ts';
import type { CliDeps } from './deps.ts';
import type { StatisticsVerbDeps } from './statistics.ts';
import { tellFailure } from './tell-failure.ts';
import { createTerminal } from './terminal.ts';
import { packageVersion } from './version.ts';

const EXIT_DONE = 0;
const EXIT_WRONG_USE = 2;

/** Registers a verb with the program. */
type Register = (program: Command, deps: CliDeps) => void;

/** Verbs in the order of the help. Each is loaded when it is asked for: some bring TensorFlow.js or DuckDB with them. */
export const verbs: Readonly<Record<string, () => Promise<Register>>> = {
  start: async () => (await import('./start.ts')).registerStart,
  demo: async () => (await import('./demo.ts')).registerDemo,
  describe: async () => withEngine((await import('./describe.ts')).registerDescribe),
  statistics: async () => withEngine((await import('./statistics.ts')).registerStatistics),
  replay: async () => (await import('./replay.ts')).registerReplay,
  backfill: async () => (await import('./backfill.ts')).registerBackfill,
  import: async () => (await import('./import.ts')).registerImport,
  'import-statistics': async () => (await import('./import-statistics.ts')).registerImportStatistics,
  export: async () => (await import('./export.ts')).registerExport,
  check: async () => (await import('./check.ts')).registerCheck,
  why: async () => (await import('./why.ts')).registerWhy,
  audit: async () => (await import('./audit.ts')).registerAudit,
  event: async () => (await import('./event.ts')).registerEvent,
  budget: async () => (await import('./budget.ts')).registerBudget,
  backtest: async () => (await import('./backtest.ts')).registerBacktest,
  doctor: async () => (await import('./doctor.ts')).registerDoctor,
  calibrate: async () => (await import('./calibrate.ts')).registerCalibrate,
  learn: async () => (await import('./learn.ts')).registerLearn,
  labels: async () => (await import('./labels.ts')).registerLabels,
  detect: async () => (await import('./detect.ts')).registerDetect,
  train: async () => (await import('./train.ts')).registerTrain,
  evaluate: async () => (await import('./evaluate.ts')).registerEvaluate,
  generate: async () => (await import('./generate.ts')).registerGenerate,
  migrate: async () => (await import('./migrate.ts')).registerMigrate,
};

/** Runs one verb and gives the exit code: 0 done, 1 failed, 2 wrong use, 130 stopped. Errors are one line. */
export async function runCli(
  args: readonly string[],
  host: { readonly process: NodeJS.Process; readonly clock: Clock },
): Promise<number> {
  const terminal = createTerminal(host.process);
  const stopping = stopSignal(host.process);
  let environment: ReturnType<typeof readConfig> | undefined;
  const config = (): ReturnType<typeof readConfig> => {
    environment ??= readConfig(processEnvironment());
    return environment;
  };
  const deps: CliDeps = {
    terminal,
    clock: host.clock,
    logger: createPinoLogger(logLevel(args[0])),
    readConfig: config,
    signal: stopping.signal,
    untilStopped: () => stopping.reached,
  };
  let root: Command | undefined;
  try {
    root = await program(deps, args[0]);
    await root.parseAsync([...args], { from: 'user' });
    return EXIT_DONE;
  } catch (thrown) {
    // The parser throws where it has printed a help text, too.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT_DONE;
    if (thrown instanceof CommanderError && thrown.code === 'commander.help') return EXIT_WRONG_USE;
    const { line, exitCode } = tellFailure(thrown, askedFor(root, args));
    terminal.writeError(`${line}\n`);
    return exitCode;
  }
}

/** The verb that is asked for, with the one of its own that follows, and those that may follow there. */
function askedFor(root: Command | undefined, args: readonly string[]): Parameters<typeof tellFailure>[1] {
  if (root === undefined) return { verb: undefined, verbs: Object.keys(verbs) };
  const named: Command[] = [];
  for (const word of args) {
    const next = (named.at(-1) ?? root).commands.find((command) => command.name() === word);
    if (next === undefined) break;
    named.push(next);
  }
  return {
    verb: named.length === 0 ? undefined : named.map((command) => command.name()).join(' '),
    verbs: (named.at(-1) ?? root).commands.map((command) => command.name()),
  };
}

/** The program with the verb that is asked for, or with all of them when none is named. */
async function program(deps: CliDeps, asked: string | undefined): Promise<Command> {
  const { terminal } = deps;
  const root = new Command('driftbell')
    .description('Watches production machine-learning models and reports to Slack.')
    .version(packageVersion(), '--version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.writeError(text),
      // Told by the caller, in the one form of all errors.
      outputError: () => undefined,
    });
  const named = Object.keys(verbs).filter((name) => name === asked);
  for (const name of named.length > 0 ? named : Object.keys(verbs)) (await verbs[name]?.())?.(root, deps);
  for (const verb of root.commands) verb.exitOverride().copyInheritedSettings(root);
  return root;
}

/** Verbs that compute statistics without a database. */
async function withEngine(register: (program: Command, deps: StatisticsVerbDeps) => void): Promise<Register> {
  const { createDuckdbEngine } = await import('../engines/duckdb/index.ts');
  return (root, deps) => {
    const { memoryLimit, threads } = deps.readConfig();
    register(root, {
      engine: createDuckdbEngine({ memoryLimit, threads }),
      clock: deps.clock,
      write: (text) => deps.terminal.write(text),
      writeError: (text) => deps.terminal.writeError(text),
      progress: deps.terminal.progress,
      signal: deps.signal,
    });
  };
}

/** A malformed level must not keep an error from being told. The demonstration speaks to people: no news in JSON. */
function logLevel(verb: string | undefined): Parameters<typeof createPinoLogger>[0] {
  const named = processEnvironment().DRIFTBELL_LOG_LEVEL;
  if (verb === 'demo' && (named === undefined || named === '')) return 'warn';
  try {
    return readConfig({ DRIFTBELL_LOG_LEVEL: named }).logLevel;
  } catch {
    return 'info';
  }
}

function stopSignal(process: NodeJS.Process): { readonly signal: AbortSignal; readonly reached: Promise<void> } {
  const stopping = new AbortController();
  const reached = new Promise<void>((resolve) => {
    const stop = (): void => {
      stopping.abort();
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  return { signal: stopping.signal, reached };
}

import { Command, CommanderError } from 'commander';
import { processEnvironment, readConfig } from '../config.ts';
import { describeThrown, isDriftbellError } from '../domain/errors.ts';
import { createPinoLogger } from '../platform/pino-logger.ts';
import type { Clock } from '../ports/clock.ts';
import type { CliDeps } from './deps.ts';
import type { StatisticsVerbDeps } from './statistics.ts';
import { createTerminal } from './terminal.ts';

const EXIT_DONE = 0;
const EXIT_FAILED = 1;
const EXIT_WRONG_USE = 2;

/** Registers a verb with the program. */
type Register = (program: Command, deps: CliDeps) => void;

/** Verbs in the order of the help. Each is loaded when it is asked for: some bring TensorFlow.js or DuckDB with them. */
export const verbs: Readonly<Record<string, () => Promise<Register>>> = {
  start: async () => (await import('./start.ts')).registerStart,
  demo: async () => (await import('./demo.ts')).registerDemo,
  describe: async () => withEngine((await import('./describe.ts')).registerDescribe),
  statistics: async () => withEngine((await import('./statistics.ts')).registerStatistics),
  check: async () => (await import('./check.ts')).registerCheck,
  detect: async () => (await import('./detect.ts')).registerDetect,
  train: async () => (await import('./train.ts')).registerTrain,
  evaluate: async () => (await import('./evaluate.ts')).registerEvaluate,
  generate: async () => (await import('./generate.ts')).registerGenerate,
  migrate: async () => (await import('./migrate.ts')).registerMigrate,
};

/** Runs one verb and gives the exit code: 0 done, 1 failed, 2 wrong use. Errors are one line on standard error. */
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
    logger: createPinoLogger(logLevel()),
    readConfig: config,
    signal: stopping.signal,
    untilStopped: () => stopping.reached,
  };
  try {
    await (await program(deps, args[0])).parseAsync([...args], { from: 'user' });
    return EXIT_DONE;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT_DONE : EXIT_WRONG_USE;
    if (isDriftbellError(thrown)) {
      terminal.writeError(`driftbell: ${thrown.message} [${thrown.code}]\n`);
      return thrown.exitCode;
    }
    terminal.writeError(`driftbell: ${describeThrown(thrown)} [unexpected; please report it]\n`);
    return EXIT_FAILED;
  }
}

/** The program with the verb that is asked for, or with all of them when none is named. */
async function program(deps: CliDeps, asked: string | undefined): Promise<Command> {
  const { terminal } = deps;
  const root = new Command('driftbell')
    .description('Watches production machine-learning models and reports to Slack.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) =>
        terminal.writeError(
          `${text
            .trim()
            .replace(/^error: /, 'driftbell: ')
            .replace(/\n/g, ' ')}\n`,
        ),
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
    const { memoryLimit } = deps.readConfig();
    register(root, {
      engine: createDuckdbEngine({ memoryLimit }),
      write: (text) => deps.terminal.write(text),
      writeError: (text) => deps.terminal.writeError(text),
      progress: deps.terminal.progress,
      signal: deps.signal,
    });
  };
}

/** A malformed level must not keep an error from being told. */
function logLevel(): Parameters<typeof createPinoLogger>[0] {
  try {
    return readConfig({ DRIFTBELL_LOG_LEVEL: processEnvironment().DRIFTBELL_LOG_LEVEL }).logLevel;
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

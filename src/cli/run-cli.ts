import { Command, CommanderError } from 'commander';
import { processEnvironment, readConfig } from '../config.ts';
import { describeThrown, isDriftbellError } from '../domain/errors.ts';
import { createDuckdbEngine } from '../engines/duckdb/index.ts';
import { createPinoLogger } from '../platform/pino-logger.ts';
import type { Clock } from '../ports/clock.ts';
import { registerCheck } from './check.ts';
import { registerDemo } from './demo.ts';
import type { CliDeps } from './deps.ts';
import { registerDescribe } from './describe.ts';
import { registerMigrate } from './migrate.ts';
import { registerStart } from './start.ts';
import { registerStatistics } from './statistics.ts';
import { createTerminal } from './terminal.ts';
import { registerTrain } from './train.ts';

const EXIT_DONE = 0;
const EXIT_FAILED = 1;
const EXIT_WRONG_USE = 2;

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
    await program(deps).parseAsync([...args], { from: 'user' });
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

function program(deps: CliDeps): Command {
  const { terminal } = deps;
  const root = new Command('driftbell')
    .description('Watches production machine-learning models and reports to Slack.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.writeError(text.replace(/^error: /, 'driftbell: ')),
    })
    .showHelpAfterError('(driftbell --help lists the verbs)');
  const engine = createDuckdbEngine();
  const table = {
    engine,
    write: (text: string) => terminal.write(text),
    writeError: (text: string) => terminal.writeError(text),
    progress: terminal.progress,
    signal: deps.signal,
  };
  registerStart(root, deps);
  registerDemo(root, deps);
  registerDescribe(root, table);
  registerStatistics(root, table);
  registerCheck(root, deps);
  registerTrain(root, deps);
  registerMigrate(root, deps);
  for (const verb of root.commands) verb.exitOverride().copyInheritedSettings(root);
  return root;
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

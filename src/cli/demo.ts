import type { Command } from 'commander';
import { parseUntilDay } from '../demo/until-day.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { CliDeps } from './deps.ts';
import { makeFolder } from './make-folder.ts';

interface DemoArguments {
  readonly once?: true;
  readonly output?: string;
  readonly port?: string;
  readonly until?: string;
}

export function registerDemo(program: Command, deps: CliDeps): void {
  program
    .command('demo')
    .description('real flights end to end in the local workspace: statistics, detection, reports, a page to try it')
    .option('--once', 'do the work, write the results and end')
    .option('--output <folder>', 'write report.json, Block Kit payloads and pictures there')
    .option('--port <number>', 'port of the page; 0 takes a free one')
    .option('--until <date>', 'stop before this day: from 2001-01-02 to 2001-07-01')
    .action((options: DemoArguments) => demo(deps, options));
}

async function demo(deps: CliDeps, options: DemoArguments): Promise<void> {
  const { terminal, clock, logger } = deps;
  if (options.once === true && options.output === undefined) {
    throw new DriftbellError('usage.invalid', {
      expected: '--output <folder> beside --once',
      received: 'none',
      remedy: 'name a folder for the report and its pictures',
    });
  }
  const until = options.until === undefined ? undefined : parseUntilDay(options.until);
  const config = deps.readConfig();
  const port = portOf(options, config.slack.kind === 'local' ? config.slack.port : 0);
  if (options.output !== undefined) await makeFolder(options.output);
  const { runDemo } = await import('../demo/run-demo.ts');
  const demo = await runDemo({
    port,
    ...(until === undefined ? {} : { until }),
    ...(options.output === undefined ? {} : { output: options.output }),
    ...(config.detectorFolder === undefined ? {} : { detectorFolder: config.detectorFolder }),
    memoryLimit: config.memoryLimit,
    threads: config.threads,
    clock,
    logger,
    progress: terminal.progress,
    announce: (pageUrl) => {
      if (options.once !== true) terminal.write(`The local workspace is open at ${pageUrl}\n`);
    },
    signal: deps.signal,
  });
  try {
    terminal.write(`\n${demo.summaryTable}\n`);
    if (options.output !== undefined) terminal.write(`Written to ${options.output}\n`);
    if (options.once === true) return;
    terminal.write(
      `\nLook at the reports at ${demo.local.workspace.pageUrl}, vote, and type /drift help. Ctrl-C ends the demonstration.\n`,
    );
    await deps.untilStopped();
  } finally {
    await demo.close();
  }
}

/** A demonstration that ends by itself needs no known port. */
function portOf(options: DemoArguments, configured: number): number {
  if (options.port === undefined) return options.once === true ? 0 : configured;
  const port = Number(options.port);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new DriftbellError('usage.invalid', {
    expected: '--port as a number from 0 to 65535',
    received: JSON.stringify(options.port),
    remedy: 'choose a free port, or 0 for any',
  });
}

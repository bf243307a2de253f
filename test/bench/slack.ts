import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserId } from '../../src/domain/identifiers.ts';
import type { Model } from '../../src/domain/model.ts';
import { computeHistory, historyWindows, learnNow } from '../../src/jobs/index.ts';
import { type Core, createBot, createCore } from '../../src/main.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import type { TimeRange } from '../../src/ports/statistics-engine.ts';
import { parseDeclaration } from '../../src/registry/index.ts';
import { createWorkspace, type Workspace } from '../../src/workspace/index.ts';
import { scoredFile } from '../bot/scored-file.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

const PEOPLE = 20;
const MEASURED_MS = 30_000;
/** A person who types and presses as fast as anybody does. */
const PAUSE_MS = 1_000;
const COMMANDS = ['/drift list', '/drift status churn', '/drift why churn', '/drift help', '/drift report churn'];
/** One in so many changes something. */
const MUTES_EVERY = 25;
const clock = createSystemClock();

/**
 * How long Slack waits for an acknowledgement while twenty people type, press and open the home tab: first with nothing
 * else to do, then while statistics, detection and learning run in the bot and a detector is trained beside it.
 */
export async function benchSlack(write: (line: string) => void): Promise<void> {
  const source = scoredFile();
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-bench-slack-'));
  const logger = silentLogger();
  const core = await createCore({ databasePath: join(folder, 'bot.sqlite'), memoryLimit: '1GB', clock, logger });
  const users = Array.from({ length: PEOPLE }, (_, place) => ({ id: `U0PERSON${place}`, name: `person-${place}` }));
  const workspace = await createWorkspace({
    ...{ port: 0, now: clock.now, channels: ['model-health'], users, botName: 'driftbell' },
    commands: [{ command: '/drift', description: 'Model health', usageHint: 'help' }],
  });
  const bot = createBot(core, {
    slack: {
      botToken: workspace.botToken,
      transport: { mode: 'socket', appToken: workspace.appToken },
      apiUrl: workspace.apiUrl,
    },
  });
  await bot.start();
  const channel = workspace.state.channelNamed('model-health')?.id ?? '';
  const settings = parseDeclaration({
    ...{ slug: 'churn', source: { location: source.location }, timeColumn: 'scored_at', scoreColumn: 'score', channel },
  });
  const { model, range } = await core.register(settings, users[0]?.id as UserId);
  try {
    write(
      `${PEOPLE} people, ${MEASURED_MS / 1_000} s each, acknowledgement as the stand-in for Slack sees it; ${machineWords()}`,
    );
    write(`quiet:      ${await measure(workspace, { users, channel })}`);
    const stopping = new AbortController();
    const rounds = nightly(core, { model, range, signal: stopping.signal });
    write(`under load: ${await measure(workspace, { users, channel })}`);
    stopping.abort();
    const { computed, learned } = await rounds;
    write(
      `  meanwhile: ${computed} windows computed and judged, ${learned} times learned, a detector in training beside it`,
    );
  } finally {
    await bot.stop();
    await workspace.close();
    await core.close();
    source.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Other work on the machine tells in these figures. */
function machineWords(): string {
  return `${availableParallelism()} cores, load ${(loadavg()[0] ?? 0).toFixed(1)} before`;
}

async function measure(
  workspace: Workspace,
  { users, channel }: { readonly users: readonly { readonly id: string }[]; readonly channel: string },
): Promise<string> {
  const waits: number[] = [];
  let refused = 0;
  const until = performance.now() + MEASURED_MS;
  await Promise.all(
    users.map(async ({ id }, place) => {
      // Twenty people do not press in the same millisecond.
      await clock.sleep((PAUSE_MS / users.length) * place);
      for (let turn = place; performance.now() < until; turn += 1) {
        const begun = performance.now();
        const look = COMMANDS[turn % COMMANDS.length] ?? '';
        const text = turn % MUTES_EVERY === MUTES_EVERY - 1 ? '/drift mute churn age 1h' : look;
        const outcome =
          turn % 7 === 0 ? await workspace.openHome(id) : await workspace.issueCommand({ user: id, channel, text });
        waits.push(performance.now() - begun);
        if (!outcome.ok) refused += 1;
        await clock.sleep(PAUSE_MS);
      }
    }),
  );
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number) =>
    `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)} ms`;
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, slowest ${at(1)} of ${sorted.length}; ${refused} not acknowledged`;
}

/** The jobs of a night, over and over; training in a process of its own, as the command line does it. */
async function nightly(
  core: Core,
  { model, range, signal }: { readonly model: Model; readonly range: TimeRange; readonly signal: AbortSignal },
): Promise<{ readonly computed: number; readonly learned: number }> {
  const training = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      'src/cli/main.ts',
      'train',
      '--config',
      'paper',
      '--output',
      mkdtempSync(join(tmpdir(), 'driftbell-bench-train-')),
    ],
    { cwd: join(import.meta.dirname, '../..'), stdio: 'ignore' },
  );
  let computed = 0;
  let learned = 0;
  try {
    while (!signal.aborted) {
      const windows = historyWindows(core.checks, model, range);
      const counts = await computeHistory(core.checks, model, windows, { lastMs: range.lastMs, again: true, signal });
      computed += counts?.computed ?? 0;
      await learnNow(core, signal);
      learned += 1;
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  } finally {
    training.kill();
  }
  return { computed, learned };
}

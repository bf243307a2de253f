import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { type WatchedSource, watchedSource } from '../builders/watched-source.ts';

/** The command line beside a bot, on the same database. */
describe('verbs about a registered model', () => {
  let source: WatchedSource;

  beforeAll(async () => {
    source = await watchedSource({
      registeredAt: '2026-03-09T12:00',
      isHistoryLeft: true,
      history: ({ fillFrom }) => fillFrom('2026-02-09', 28, 30),
    });
  });

  beforeEach(() => {
    vi.stubEnv('DRIFTBELL_DATABASE', source.databasePath);
    vi.stubEnv('DRIFTBELL_LOG_LEVEL', 'silent');
  });

  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => source.close());

  async function driftbell(
    args: readonly string[],
    options: { readonly isTerminal?: boolean; stop?: () => boolean } = {},
  ) {
    const written = { out: '', err: '' };
    const stops: (() => void)[] = [];
    const process = {
      stdout: { on: () => undefined, write: (text: string) => (written.out += text) },
      stderr: {
        isTTY: options.isTerminal === true,
        write(text: string) {
          written.err += text;
          if (options.stop?.() === true) for (const stop of stops) stop();
        },
      },
      once: (name: string, stop: () => void) => name === 'SIGINT' && stops.push(stop),
      exit: () => undefined,
    } as unknown as NodeJS.Process;
    const code = await runCli(args, { process, clock: source.clock });
    return { code, ...written };
  }

  it('backfill computes a span, with a bar on a terminal and none when piped', async () => {
    const span = ['--from', '2026-02-10', '--to', '2026-02-13'];

    const piped = await driftbell(['backfill', '--model', 'churn', ...span]);
    const again = await driftbell(['backfill', '--model', 'churn', ...span, '--again'], { isTerminal: true });

    expect(piped).toEqual({
      code: 0,
      out: 'churn: 3 windows from 2026-02-10 to 2026-02-12: 3 computed, 3 forecast.\n',
      err: '',
    });
    expect(again).toMatchObject({ code: 0, out: piped.out, err: expect.stringContaining('█') });
  });

  it('backfill stops cleanly on Ctrl-C and goes on where it was', async () => {
    let drawn = 0;
    const stop = () => {
      drawn += 1;
      return drawn === 3;
    };

    const stopped = await driftbell(['backfill', '--model', 'churn'], { isTerminal: true, stop });
    const rest = await driftbell(['backfill', '--model', 'churn']);

    expect(stopped).toMatchObject({ code: 130, out: '', err: expect.stringContaining('driftbell: stopped\n') });
    expect(rest).toMatchObject({ code: 0, err: '' });
    expect(rest.out).toMatch(
      /^churn: 28 windows from 2026-02-09 to 2026-03-08: \d+ computed, \d+ were there, 28 forecast\.\n$/,
    );
    expect((await driftbell(['backfill', '--model', 'churn'])).out).toContain('0 computed, 28 were there');
  });

  it.each([
    [['--model', 'chrun'], /got "chrun".*model\.unknown/],
    [['--model', 'churn', '--from', '2026-03-02', '--to', '2026-03-01'], /--from earlier than --to/],
    [['--model', 'churn', '--from', 'soon'], /a date such as 2026-03-01/],
    [[], /--model <slug>/],
  ])('backfill refuses %j', async (args, line) => {
    expect(await driftbell(['backfill', ...args])).toMatchObject({ code: 2, err: expect.stringMatching(line) });
  });

  it('check says whether the window has landed, and why it was not judged', async () => {
    source.at('2026-03-10T02:00');
    expect(await driftbell(['check', '--model', 'churn'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^churn, 2026-03-09: not judged\. The window is late: nothing since 8 Mar 2026, 23:12 UTC; it is judged when its /,
      ),
    });
    expect((await driftbell(['check', '--model', 'churn', '--window', '2026-03-10'])).out).toBe(
      'churn, 2026-03-10: not judged. The window is waiting: rows may come until 11 Mar 2026, 01:00 UTC; it is judged after that.\n',
    );
    source.fill('2026-03-09', 30);

    expect((await driftbell(['check', '--model', 'churn'])).out).toMatch(
      /^churn, 2026-03-09: landed: 30 rows; \d+ series judged, 0 anomalous\. Quiet; nothing to report\.\n$/,
    );
  });

  it('check --dry-run prints the message that would be sent, and writes nothing', async () => {
    const { stores } = source.core;
    source.at('2026-03-12T02:00');
    source.fill('2026-03-10', 0);
    source.fill('2026-03-11', 30);
    const before = { runs: stores.runs.latest('check'), windows: stores.statistics.windowStarts(source.model.id) };

    const dry = await driftbell(['check', '--model', 'churn', '--window', '2026-03-10', '--dry-run']);

    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toMatch(
      /^churn, 2026-03-10: .* A report was opened \(#1\)\.\nThis was a dry run: nothing was written, nothing is sent\.\n\nThe message that would be posted in C0MODELS1:\n\n.*churn\n/,
    );
    expect(dry.out).toContain('There are no rows, though there are rows after it');
    expect(dry.out).toMatch(/\n\[.*\]\n/);
    expect({ runs: stores.runs.latest('check'), windows: stores.statistics.windowStarts(source.model.id) }).toEqual(
      before,
    );
    expect(stores.reports.latest(source.model.id)).toBeUndefined();
  });

  it('check --dry-run makes no database where there is none', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'driftbell-dry-')), 'none.sqlite');
    vi.stubEnv('DRIFTBELL_DATABASE', path);

    const { code, err } = await driftbell(['check', '--model', 'churn', '--dry-run']);

    expect({ code, isThere: existsSync(path) }).toEqual({ code: 2, isThere: false });
    expect(err).toMatch(/^driftbell: Expected a database file at .*none\.sqlite, got no such file\. .*\n$/);
  });

  it('start looks at its port before it makes a database', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const path = join(mkdtempSync(join(tmpdir(), 'driftbell-start-')), 'new.sqlite');
    vi.stubEnv('DRIFTBELL_DATABASE', path);
    vi.stubEnv('DRIFTBELL_WORKSPACE_PORT', String(port));

    const { code, err } = await driftbell(['start']);
    server.close();

    expect(code).toBe(2);
    expect(err).toContain(`Expected port ${port} on 127.0.0.1 to be free, got one in use.`);
    expect(existsSync(path)).toBe(false);
  });
});

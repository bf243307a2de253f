import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runCli, verbs } from '../../src/cli/run-cli.ts';
import { tellFailure } from '../../src/cli/tell-failure.ts';
import { DriftbellError } from '../../src/domain/errors.ts';
import { createWorkspace } from '../../src/workspace/index.ts';

async function driftbell(...args: readonly string[]) {
  const written = { out: '', err: '' };
  const process = {
    stdout: { on: () => undefined, write: (text: string) => (written.out += text) },
    stderr: { write: (text: string) => (written.err += text) },
    once: () => undefined,
    exit: () => undefined,
  } as unknown as NodeJS.Process;
  const code = await runCli(args, { process, clock: { now: () => 0, sleep: async () => undefined } });
  return { code, ...written };
}

const tell = (thrown: unknown, verb?: string) => tellFailure(thrown, { verb, verbs: Object.keys(verbs) });

describe('driftbell', () => {
  it('prints a readable help, and calls it wrong use, when no verb is named', async () => {
    const { code, err } = await driftbell();

    expect(code).toBe(2);
    expect(err).toMatch(/^Usage: driftbell .*\n\nWatches/);
    for (const verb of Object.keys(verbs)) expect(err).toMatch(new RegExp(`^  ${verb}\\b`, 'm'));
  });

  it('tells its version', async () => {
    expect(await driftbell('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it.each([
    {
      args: ['strt'],
      line: /^driftbell: Expected one of start, .*, got "strt"\. Did you mean start; see `driftbell --h/,
    },
    {
      args: ['demo', '--nosuch'],
      line: /Expected an option of `driftbell demo`, got "--nosuch"\. See `driftbell demo/,
    },
    {
      args: ['migrate', 'now'],
      line: /Expected only options after `driftbell migrate`, got a word without an option\./,
    },
    {
      args: ['generate'],
      line: /Expected --output <folder>, got a command without it\. See `driftbell generate --help/,
    },
    {
      args: ['labels', 'exprt'],
      line: /Expected one of export, import, got "exprt"\. Did you mean export; see `driftbell labels --help/,
    },
    { args: ['labels', 'nonsense'], line: /Expected one of export, import, got "nonsense"\. See `driftbell labels / },
    { args: ['labels', 'export', '--nosuch'], line: /Expected an option of `driftbell labels export`, got "--nosuch"/ },
    { args: ['labels', 'import'], line: /Expected <file> after `driftbell labels import`, got a command without it/ },
    { args: ['generate', '--output'], line: /Expected a value in --output <folder>, got none\./ },
  ])('refuses $args in one line', async ({ args, line }) => {
    const { code, err } = await driftbell(...args);

    expect(code).toBe(2);
    expect(err).toMatch(line);
    expect(err).toMatch(/^[^\n]* \[usage\.invalid\]\n$/);
  });

  it('refuses to start by a schedule that never comes, before it opens a database', async () => {
    // No database can be made there: to try would be another error.
    vi.stubEnv('DRIFTBELL_DATABASE', join('/dev/null', 'driftbell.sqlite'));
    vi.stubEnv('DRIFTBELL_WORKSPACE_PORT', '0');
    vi.stubEnv('DRIFTBELL_SCHEDULE', '99 * * * *');

    const { code, err } = await driftbell('start').finally(() => vi.unstubAllEnvs());

    expect(code).toBe(2);
    expect(err).toMatch(/^driftbell: Expected DRIFTBELL_SCHEDULE to be a cron expression .* \[config\.invalid\]\n$/);
  });
});

describe('tellFailure', () => {
  it.each([
    ['import', '/nowhere/models.yaml'],
    ['labels', 'import', '/nowhere/labels.jsonl'],
  ])('says of a file of %s %s that it is not there, without codes', async (...args) => {
    const folder = await mkdtemp(join(tmpdir(), 'driftbell-words-'));
    vi.stubEnv('DRIFTBELL_DATABASE', join(folder, 'driftbell.sqlite'));
    await driftbell('migrate');

    const { err } = await driftbell(...args).finally(() => vi.unstubAllEnvs());
    await rm(folder, { recursive: true });

    expect(err).toMatch(/ at \/nowhere\/\w+\.\w+, got no such file or folder\. /);
    expect(err).not.toMatch(/ENOENT/);
  });

  it('calls only the unforeseen a bug', () => {
    expect(tell(new TypeError('x is undefined'))).toEqual({
      line: 'driftbell: x is undefined [unexpected; please report it]',
      exitCode: 1,
    });
  });

  it('says what is wrong with a path', async () => {
    const file = join(tmpdir(), `driftbell-file-${process.pid}`);
    await writeFile(file, '');

    const notFolder = await mkdir(join(file, 'below')).catch((thrown: unknown) => thrown);
    const noParent = await mkdir('/nowhere/at/all').catch((thrown: unknown) => thrown);

    expect(tell(notFolder)).toEqual({
      line: `driftbell: Expected to be able to write ${join(file, 'below')}, got a file in the place of a folder. Name a path whose parents are folders. [file.unusable]`,
      exitCode: 2,
    });
    expect(tell(noParent).line).toContain('Expected to be able to write /nowhere/at/all, got no such file or folder');
    await rm(file);
  });

  it.each([
    { code: 'ENOSPC', words: 'got a full disk. Free some space' },
    { code: 'EROFS', words: 'got a read-only file system. Name a place' },
    { code: 'EPERM', words: 'got no permission. Name a place' },
  ])('tells $code', ({ code, words }) => {
    const thrown = Object.assign(new Error(`${code}: bad`), { code, syscall: 'write' });

    expect(tell(thrown)).toMatchObject({ line: expect.stringContaining(words), exitCode: 2 });
  });

  it.each([
    new DOMException('This operation was aborted', 'AbortError'),
    new DriftbellError('cancelled', { expected: 'an end', received: 'a request to stop', remedy: 'run again' }),
  ])('calls work that was stopped on request stopped, with the exit code of Ctrl-C', (thrown) => {
    expect(tell(thrown)).toEqual({ line: 'driftbell: stopped', exitCode: 130 });
  });

  it('names the option and the setting for a port that is taken', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });

    const thrown = await createWorkspace({
      ...{ port, now: () => 0, channels: ['general'], users: [{ id: 'U0ANNA', name: 'anna' }] },
      ...{ botName: 'driftbell', commands: [] },
    }).catch((error: unknown) => error);

    expect(tell(thrown, 'demo')).toEqual({
      line: `driftbell: Expected port ${port} on 127.0.0.1 to be free, got one in use. Stop the other program, or choose another port with --port or DRIFTBELL_WORKSPACE_PORT. [workspace.failed]`,
      exitCode: 2,
    });
    expect(tell(thrown, 'start').line).toContain('choose another port with DRIFTBELL_WORKSPACE_PORT.');
    await new Promise((resolve) => server.close(resolve));
  });
});

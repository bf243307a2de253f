import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, withFolder } from '../../src/cli/make-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftbell-make-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('makeFolder', () => {
  it('makes a folder with its parents, takes one that is there, and leaves nothing in it', async () => {
    const path = join(folder, 'a', 'b');

    await makeFolder(path);
    await makeFolder(path);

    expect((await stat(path)).isDirectory()).toBe(true);
    expect(await readdir(path)).toEqual([]);
  });

  it('refuses a file in the place of the folder or of a parent', async () => {
    await writeFile(join(folder, 'file'), '');

    await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(folder, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.skipIf(process.platform !== 'linux')('ends where a file system takes no folders', async () => {
    await expect(makeFolder('/proc/driftbell/out')).rejects.toMatchObject({ path: '/proc/driftbell' });
    await expect(makeFolder('/proc')).rejects.toMatchObject({ path: '/proc' });
  });
});

describe('withFolder', () => {
  const fail = (path: string, before: () => Promise<void> = async () => {}) =>
    withFolder(path, async () => {
      await before();
      throw new Error('failed');
    });

  it('takes away what it made for work that failed, parents too', async () => {
    await expect(fail(join(folder, 'a', 'b'))).rejects.toThrow('failed');

    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves a folder that was there before', async () => {
    await makeFolder(join(folder, 'a'));

    await expect(fail(join(folder, 'a', 'b'))).rejects.toThrow('failed');
    await expect(fail(join(folder, 'a'))).rejects.toThrow('failed');

    expect(await readdir(folder)).toEqual(['a']);
  });

  it('leaves what was put into the folder, and the folder of work that went well', async () => {
    await expect(fail(join(folder, 'a'), () => writeFile(join(folder, 'a', 'file'), ''))).rejects.toThrow('failed');

    expect(await withFolder(join(folder, 'b'), async () => 7)).toBe(7);
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(['a', join('a', 'file'), 'b']);
  });
});

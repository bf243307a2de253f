import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const document = readFileSync(join(root, 'docs', 'slack-traps.md'), 'utf8');
const rows = [...document.matchAll(/^\| (.+?) \| .+? \| `(test\/[^`]+)`: (.+?) \|$/gm)].map(
  ([, trap = '', file = '', name = '']) => ({ trap, file, name }),
);

describe('docs/slack-traps.md', () => {
  it('names a test in each of its rows', () => {
    const lines = document.split('\n').filter((line) => line.startsWith('| ')).length;

    expect(rows).toHaveLength(lines - 1);
    expect(rows.length).toBeGreaterThan(30);
  });

  it.each(rows)('$trap', ({ file, name }) => {
    expect(existsSync(join(root, file)), `${file} is gone`).toBe(true);
    expect(readFileSync(join(root, file), 'utf8'), `${file} has no test of that name`).toContain(name);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import { verbs } from '../src/cli/run-cli.ts';
import { settingsTable } from '../src/config.ts';

const root = join(import.meta.dirname, '..');
const documents = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...['docs/evidence.md', 'docs/ablation.md'],
];
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const readme = read('README.md');

describe('the README', () => {
  it.each(commands.map(({ usage, summary }) => ({ usage, summary })))(
    'has the row of /drift $usage',
    ({ usage, summary }) => {
      expect(readme).toContain(`| \`/drift ${usage}\` | ${summary} |`);
    },
  );

  it.each(commands.flatMap(({ name, options = [] }) => options.map((option) => ({ name, option: option.name }))))(
    'names the option --$option of $name',
    ({ option }) => {
      expect(readme).toContain(`--${option}`);
    },
  );

  it.each(Object.entries(settingsTable))('has the row of %s', (name, { description }) => {
    expect(readme).toContain(`| \`${name}\` | ${description} |`);
  });

  it.each(Object.keys(verbs))('has a row for the verb %s', (verb) => {
    expect(readme).toMatch(new RegExp(`^\\| \`${verb}[ \`]`, 'm'));
  });

  it('begins with the two commands', () => {
    expect(readme.indexOf('npm ci && npm run demo')).toBeGreaterThan(0);
    expect(readme.indexOf('npm ci && npm run demo')).toBeLessThan(readme.indexOf('npm ci && npm test'));
    expect(readme.indexOf('npm ci && npm test')).toBeLessThan(readme.indexOf('## '));
  });
});

describe.each(documents)('%s', (name) => {
  it('has no dead link to a file', () => {
    const links = [...read(name).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');

    const dead = links.filter((link) => !existsSync(join(root, dirname(name), link)));

    expect(dead).toEqual([]);
  });
});

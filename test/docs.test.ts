import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandRows, commands, commandsDocument, usageHint } from '../commands/index.ts';
import { verbs } from '../src/cli/run-cli.ts';
import { settingsTable } from '../src/config.ts';
import { parseModelsFile } from '../src/registry/index.ts';

const root = join(import.meta.dirname, '..');
const documents = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...[
    'docs/evidence.md',
    'docs/ablation.md',
    'docs/seeds.md',
    'docs/commands.md',
    'docs/filters.md',
    'docs/incidents.md',
    'docs/slack-traps.md',
  ],
];
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const readme = read('README.md');

const REWRITE = 'run `npm run docs:commands`';

describe('docs/commands.md and the manifest', () => {
  it('are as the table of commands has it', () => {
    expect(read('docs/commands.md'), REWRITE).toBe(commandsDocument(commands));
    expect(read('manifest.json'), REWRITE).toContain(`"usage_hint": "${usageHint(commands)}"`);
  });
});

describe('the README', () => {
  it('has the table of commands as it is', () => {
    expect(readme, REWRITE).toContain(`<!-- commands -->\n${commandRows(commands)}\n<!-- end of commands -->`);
  });

  it.each(Object.entries(settingsTable))('has the row of %s', (name, { description }) => {
    expect(readme).toContain(`| \`${name}\` | ${description} |`);
  });

  it.each(Object.keys(verbs))('has a row for the verb %s', (verb) => {
    expect(readme).toMatch(new RegExp(`^\\| \`${verb}[ \`]`, 'm'));
  });

  it('shows models as code that the import takes', () => {
    const [, yaml = ''] = readme.match(/```yaml\n([\s\S]*?)```/) ?? [];

    expect(parseModelsFile(yaml, 'README.md')).toMatchObject([{ settings: { slug: 'churn', defaults: { age: -1 } } }]);
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

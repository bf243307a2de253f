/** Writes what is made of the table of commands, docs/commands.md, the README's table and the manifest's hint: npm run docs:commands */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandRows, commands, commandsDocument, usageHint } from '../commands/index.ts';

const root = join(import.meta.dirname, '..');
const rewrite = (name, change) => writeFileSync(join(root, name), change(readFileSync(join(root, name), 'utf8')));

writeFileSync(join(root, 'docs', 'commands.md'), commandsDocument(commands));
rewrite('README.md', (text) =>
  text.replace(
    /(<!-- commands -->\n)[\s\S]*?(\n<!-- end of commands -->)/,
    (_all, from, to) => from + commandRows(commands) + to,
  ),
);
rewrite('manifest.json', (text) =>
  text.replace(/("usage_hint": )"[^"]*"/, (_all, key) => key + JSON.stringify(usageHint(commands))),
);

import { type Command, wordsTaken } from './command.ts';

/** Slack's limit for the hint that is shown while `/drift` is being typed. */
const LONGEST_HINT = 1_000;

/** `help | register | mute <model> …`, for the manifest. */
export function usageHint(table: readonly Command[]): string {
  return table
    .map(({ name }) => name)
    .join(' | ')
    .slice(0, LONGEST_HINT);
}

/** The rows of the README's table. */
export function commandRows(table: readonly Command[]): string {
  return ['| Command | What it does |', '|---|---|', ...table.map(row)].join('\n');
}

function row({ usage, summary }: Command): string {
  return `| \`/drift ${inCell(usage)}\` | ${inCell(summary)} |`;
}

/** The whole of docs/commands.md. */
export function commandsDocument(table: readonly Command[]): string {
  return `${[...INTRODUCTION, ...table.flatMap(chapter)].join('\n')}`;
}

const INTRODUCTION = [
  '# Commands',
  '',
  '<!-- Written by `npm run docs:commands` from the table in commands/index.ts. -->',
  '',
  'Everything is typed after `/drift`, or after the bot’s name (`@driftbell status churn`). In the thread of a report the',
  'model may be left out: `@driftbell mute 4h`. Answers are for you alone; `--share` shows them to the channel.',
  '',
  '- `--help` after any command shows what it takes, and runs nothing.',
  '- A name may be shortened to a beginning that fits only one model or column.',
  '- Words that belong together stand in quotation marks, straight or smart: `"backfill is running"`.',
  '- A duration is `30m`, `4h`, `3d` or `2w`, at most thirty days, or a time in the zone of the model: `until fri 09:00`,',
  '  `until tomorrow`, `until 2026-03-01 9am`. The answer says the time that was understood.',
  '- Roles: a *viewer* looks, a *responder* acts on reports, an *owner* changes a model, an *admin* may do everything.',
  '',
];

const whoWords = {
  viewer: 'everybody who may use Driftbell',
  responder: 'responders',
  owner: 'owners',
  admin: 'admins',
} as const;

function chapter(command: Command): string[] {
  const { name, usage, summary, role, about, aliases = [], words = [], examples } = command;
  const taken = wordsTaken(command);
  const head = words.length === 0 ? 'Option' : 'Word or option';
  const of = about === 'model' && role === 'owner' ? ' of the model' : '';
  return [
    `## ${name}`,
    '',
    '```text',
    `/drift ${usage}`,
    '```',
    '',
    `${summary} For ${whoWords[role]}${of}.`,
    ...(aliases.length === 0 ? [] : ['', `Also: ${aliases.map((alias) => `\`${alias}\``).join(', ')}.`]),
    ...(taken.length === 0 ? [] : ['', `| ${head} | What it says |`, '|---|---|', ...taken.map(takenRow)]),
    '',
    'For example:',
    '',
    '```text',
    ...examples.map((example) => `/drift ${example}`),
    '```',
    '',
  ];
}

function takenRow({ typed, summary }: ReturnType<typeof wordsTaken>[number]): string {
  return `| \`${inCell(typed)}\` | ${inCell(summary)} |`;
}

/** A bar would end the cell. */
function inCell(words: string): string {
  return words.replaceAll('|', '\\|');
}

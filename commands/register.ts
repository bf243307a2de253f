import { type Column, columnKinds, type LeftOutColumn } from '../src/domain/column.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import { type ModelSettings, sourceFormats } from '../src/domain/model.ts';
import { windowAt } from '../src/domain/window.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { formatCompactShare } from '../src/messages/format-number.ts';
import { bold, code, type Inline, type Message, text } from '../src/messages/message.ts';
import { parseDeclaration, type Registration } from '../src/registry/index.ts';
import type { Arguments } from './arguments.ts';
import { type CommandOption, defineCommand, type Invocation } from './command.ts';
import { refuseExtras, requireWord } from './find-model.ts';
import { idIn } from './slack-ids.ts';

const USAGE = 'register <model> --source <files> --time-column <column> [--score-column S] [--zone Z] …';

const OPTIONS: readonly CommandOption[] = [
  { name: 'source', value: 'files', summary: 'file, folder or glob of the scored requests; needed' },
  { name: 'time-column', value: 'column', summary: 'when a request was scored; needed' },
  { name: 'score-column', value: 'column', summary: 'what the model answered' },
  { name: 'label-column', value: 'column', summary: 'what turned out to be true' },
  { name: 'query-column', value: 'column', summary: 'requests that were ranked together, for NDCG' },
  { name: 'segment-column', value: 'column', summary: 'slices the traffic' },
  { name: 'granularity', value: 'day|hour', summary: 'length of a window; day when absent' },
  {
    name: 'zone',
    value: 'zone',
    summary: 'time zone in which windows are cut, such as Europe/Berlin; UTC when absent',
  },
  { name: 'features', value: 'a,b', summary: 'columns to watch; all that are useful when absent' },
  { name: 'kind', value: 'column=kind', summary: `what a column is taken for: ${columnKinds.join(', ')}` },
  {
    name: 'default',
    value: 'column=value',
    summary: 'the value that stands for “not filled in”; 0 and empty text when absent',
  },
  { name: 'lateness', value: 'minutes', summary: 'how long after its end a window has landed; 60 when absent' },
  { name: 'format', value: sourceFormats.join('|'), summary: 'told by the file ending when absent' },
  { name: 'channel', value: 'channel', summary: 'where reports are posted; here when absent' },
  { name: 'importance', value: 'file', summary: 'table with a row per feature: how much it matters' },
  { name: 'group', value: 'name', summary: 'models whose traffic is compared' },
  {
    name: 'holidays',
    value: 'place',
    summary: 'whose public holidays are known: a country (US) or a part of one (DE-BY)',
  },
];

/** Option of the command -> field of the declaration that takes its text as it is. */
const FIELDS: Readonly<Record<string, string>> = {
  'time-column': 'timeColumn',
  'score-column': 'scoreColumn',
  'label-column': 'labelColumn',
  'query-column': 'queryColumn',
  'segment-column': 'segmentColumn',
  zone: 'zone',
  granularity: 'granularity',
  group: 'group',
  holidays: 'holidays',
};

/** Field of the declaration -> what a person typed, for errors. */
const TYPED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(FIELDS).map(([option, field]) => [field, `--${option}`])),
  slug: 'the model name',
  'source.location': '--source',
  'source.format': '--format',
  importanceSource: '--importance',
  features: '--features',
  declaredKinds: '--kind',
  defaults: '--default',
  latenessMinutes: '--lateness',
  channel: '--channel',
};

export const register = defineCommand<ModelSettings>({
  name: 'register',
  usage: USAGE,
  summary: 'Starts to watch a model: where its scored requests lie and which columns matter.',
  examples: [
    'register flight-delay --source /data/scored/*.parquet --time-column scored_at --score-column score',
    'register churn --source "/data/churn day.csv" --time-column ts --granularity hour --zone Europe/Berlin',
    'register churn --source churn.csv --time-column ts --features age,plan --kind plan=categorical --default age=-1',
  ],
  role: 'responder',
  about: 'driftbell',
  isLong: true,
  options: OPTIONS,
  parse: (args, invocation) => {
    refuseExtras(
      args,
      1,
      OPTIONS.map(({ name }) => name),
      USAGE,
    );
    return parseDeclaration(declaration(args, invocation), TYPED);
  },
  run: async (deps, settings, { user }): Promise<Message> => answer(await deps.register(settings, user)),
});

function declaration(args: Arguments, { user, channel }: Invocation): Record<string, unknown> {
  const { options } = args;
  const named = Object.entries(FIELDS).flatMap(([option, field]) =>
    options[option] === undefined ? [] : [[field, options[option]]],
  );
  return {
    channel,
    owners: [user],
    slug: requireWord(args, 0, 'model', USAGE),
    source: {
      location: requireOption(options, 'source'),
      ...(options.format === undefined ? {} : { format: options.format }),
    },
    ...(options.importance === undefined ? {} : { importanceSource: { location: options.importance } }),
    timeColumn: requireOption(options, 'time-column'),
    ...Object.fromEntries(named),
    ...(options.channel === undefined ? {} : { channel: idIn(options.channel) }),
    ...(options.features === undefined ? {} : { features: options.features.split(',').map((name) => name.trim()) }),
    ...(options.lateness === undefined ? {} : { latenessMinutes: numberOrText(options.lateness) }),
    declaredKinds: pairs(options.kind, 'kind'),
    defaults: Object.fromEntries(
      Object.entries(pairs(options.default, 'default')).map(([k, v]) => [k, numberOrText(v)]),
    ),
  };
}

function requireOption(options: Readonly<Record<string, string>>, name: string): string {
  const value = options[name];
  if (value !== undefined && value !== '') return value;
  throw new DriftbellError('usage.invalid', {
    expected: `--${name}`,
    received: 'a command without it',
    remedy: `add --${name} and its value`,
  });
}

/** `a=numeric,b=categorical` as an object. */
function pairs(typed: string | undefined, option: string): Record<string, string> {
  if (typed === undefined) return {};
  const entries = typed.split(',').map((pair) => {
    const place = pair.indexOf('=');
    if (place > 0) return [pair.slice(0, place).trim(), pair.slice(place + 1).trim()];
    throw new DriftbellError('usage.invalid', {
      expected: `--${option} column=value[,column=value …]`,
      received: JSON.stringify(pair.slice(0, 40)),
      remedy: 'put = between the column and its value',
    });
  });
  return Object.fromEntries(entries);
}

function numberOrText(value: string): string | number {
  return value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

function answer({ model, columns, leftOut, importancePassedOver, rows, range, holidays }: Registration): Message {
  const watched = columns.filter(({ role }) => role !== 'traffic');
  const span = `${formatInstant(range.firstMs, model.zone)} to ${formatInstant(range.lastMs, model.zone)}`;
  const title = `${model.slug} is watched: ${watched.length} columns, ${rows.toLocaleString('en-US')} rows, ${span}.`;
  return {
    text: title,
    blocks: [
      { type: 'paragraph', content: [bold(title)] },
      {
        type: 'list',
        items: watched.map((column): Inline => [code(column.name), text(` ${columnFacts(column)}`)]),
        overflowNote: 'columns',
      },
      ...leftOutBlocks(leftOut),
      ...passedOverBlocks(importancePassedOver ?? []),
      ...holidayBlocks(model, holidays),
      { type: 'context', content: [text('History is being computed; the newest window is judged right after it.')] },
    ],
  };
}

function holidayBlocks({ zone }: Registration['model'], holidays: Registration['holidays']): Message['blocks'] {
  const last = holidays?.at(-1);
  if (holidays === undefined || last === undefined) return [];
  const count = `${holidays.length} public holidays are declared, the last one ${last.text} on`;
  return [{ type: 'paragraph', content: [text(`${count} ${windowAt(last.startMs, zone, 'day').key}.`)] }];
}

function leftOutBlocks(leftOut: readonly LeftOutColumn[]): Message['blocks'] {
  if (leftOut.length === 0) return [];
  return [
    { type: 'paragraph', content: [text('Left out:')] },
    {
      type: 'list',
      items: leftOut.map((column): Inline => [code(column.name), text(` ${column.reason}`)]),
      overflowNote: 'columns',
    },
  ];
}

/** `numeric feature, importance 31 %`. */
function columnFacts({ kind, role, importance }: Column): string {
  const told = importance === undefined ? '' : `, importance ${formatCompactShare(importance)}`;
  return `${kind ?? ''} ${role}${told}`;
}

function passedOverBlocks(names: readonly string[]): Message['blocks'] {
  if (names.length === 0) return [];
  return [
    { type: 'paragraph', content: [text('Of the importance table, not watched and passed over:')] },
    { type: 'list', items: names.map((name): Inline => [code(name)]), overflowNote: 'names' },
  ];
}

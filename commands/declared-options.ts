import { PERSON_OR_GROUP_ID } from '../src/domain/chat-ids.ts';
import { columnKinds } from '../src/domain/column.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import { sourceFormats } from '../src/domain/model.ts';
import { parseQuietHours, type QuietHours } from '../src/domain/quiet-hours.ts';
import type { Arguments } from './arguments.ts';
import type { CommandOption } from './command.ts';
import { idIn } from './slack-ids.ts';

/** What an owner may declare, as options of `register` and `edit`. */
export const OPTIONS: readonly CommandOption[] = [
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
  { name: 'owners', value: 'people', summary: 'who may change it: people or user groups; you when absent' },
  { name: 'channel', value: 'channel', summary: 'where reports are posted; here when absent' },
  { name: 'importance', value: 'file', summary: 'table with a row per feature: how much it matters' },
  { name: 'group', value: 'name', summary: 'models whose traffic is compared' },
  {
    name: 'holidays',
    value: 'place',
    summary: 'whose public holidays are known: a country (US) or a part of one (DE-BY); `off` forgets them',
  },
  {
    name: 'quiet-hours',
    value: 'hours',
    summary:
      'when only critical reports come: `22:00-07:00`, `weekends`, or both; add `unless high`, or `always`; `off` ends them',
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
};

/** Field of the declaration -> what a person typed, for errors. */
export const TYPED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(FIELDS).map(([option, field]) => [field, `--${option}`])),
  slug: 'the model name',
  'source.location': '--source',
  'source.format': '--format',
  importanceSource: '--importance',
  features: '--features',
  declaredKinds: '--kind',
  defaults: '--default',
  latenessMinutes: '--lateness',
  holidays: '--holidays',
  channel: '--channel',
  owners: '--owners',
};

/** The parts of a declaration that the options name. Throws `usage.invalid`. */
export function declaredOptions({ options }: Arguments): Record<string, unknown> {
  const named = Object.entries(FIELDS).flatMap(([option, field]) =>
    options[option] === undefined ? [] : [[field, options[option]]],
  );
  const { source, format, importance, channel, owners, features, lateness, kind } = options;
  return {
    ...(source === undefined ? {} : { source: { location: source, ...(format === undefined ? {} : { format }) } }),
    ...(importance === undefined ? {} : { importanceSource: { location: importance } }),
    ...Object.fromEntries(named),
    ...(channel === undefined ? {} : { channel: idIn(channel) }),
    ...(owners === undefined ? {} : { owners: listed(owners).map(ownerId) }),
    ...(features === undefined ? {} : { features: listed(features) }),
    ...(lateness === undefined ? {} : { latenessMinutes: numberOrText(lateness) }),
    ...(kind === undefined ? {} : { declaredKinds: pairs(kind, 'kind') }),
    ...(options.holidays === undefined ? {} : { holidays: holidays(options.holidays) }),
    ...(options['quiet-hours'] === undefined ? {} : { quietHours: quietHours(options['quiet-hours']) }),
    ...(options.default === undefined ? {} : { defaults: defaults(options.default) }),
  };
}

/** Of a person or a user group: a name that nobody has would own the model, and nobody could change it. */
function ownerId(typed: string): string {
  const id = idIn(typed);
  if (PERSON_OR_GROUP_ID.test(id)) return id;
  throw new DriftbellError('usage.invalid', {
    expected: '--owners to be people or user groups',
    received: JSON.stringify(typed.slice(0, 40)),
    remedy: 'mention them with @, or write their ids (U…, W… or S…)',
  });
}

/** Words that take back what was declared. */
const TAKEN_BACK: readonly string[] = ['off', 'none'];

function isTakenBack(typed: string): boolean {
  return TAKEN_BACK.includes(typed.trim().toLowerCase());
}

function quietHours(typed: string): QuietHours | undefined {
  return isTakenBack(typed) ? undefined : parseQuietHours(typed);
}

/** No country has such a code as the words that take it back. */
function holidays(typed: string): string | undefined {
  return typed.trim() === '' || isTakenBack(typed) ? undefined : typed.trim();
}

function defaults(typed: string): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(pairs(typed, 'default')).map(([name, value]) => [name, numberOrText(value)]),
  );
}

function listed(typed: string): string[] {
  return typed
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** `a=numeric,b=categorical` as an object. */
function pairs(typed: string, option: string): Record<string, string> {
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

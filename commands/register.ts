import type { Column, LeftOutColumn } from '../src/domain/column.ts';
import { counted } from '../src/domain/counted.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import type { ModelSettings } from '../src/domain/model.ts';
import { windowAt } from '../src/domain/window.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { formatCompactShare } from '../src/messages/format-number.ts';
import { bold, code, type Inline, type Message, text } from '../src/messages/message.ts';
import { timeRemarks } from '../src/messages/time-remarks.ts';
import { parseDeclaration, type Registration } from '../src/registry/index.ts';
import type { Arguments } from './arguments.ts';
import { defineCommand, type Invocation, noAnswer } from './command.ts';
import { declaredOptions, OPTIONS, TYPED } from './declared-options.ts';
import { refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'register [model] [--source files] [--time-column column] [--score-column S] [--zone Z] …';

export const register = defineCommand<ModelSettings | undefined>({
  name: 'register',
  usage: USAGE,
  summary: 'Starts to watch a model: in a dialog, or with what the options say.',
  examples: [
    'register',
    'register flight-delay --source /data/scored/*.parquet --time-column scored_at --score-column score',
    'register churn --source "/data/churn day.csv" --time-column ts --granularity hour --zone Europe/Berlin',
    'register churn --source churn.csv --time-column ts --features age,plan --kind plan=categorical --default age=-1',
  ],
  role: 'responder',
  about: 'driftbell',
  options: OPTIONS,
  parse: (args, invocation) => {
    refuseExtras(
      args,
      1,
      OPTIONS.map(({ name }) => name),
      USAGE,
    );
    if (args.words.length === 0 && Object.keys(args.options).length === 0 && invocation.openForm !== undefined) {
      return undefined;
    }
    return parseDeclaration(declaration(args, invocation), TYPED);
  },
  run: async (deps, settings, { user, openForm, working }): Promise<Message> => {
    if (settings === undefined) {
      await openForm?.({});
      return noAnswer;
    }
    working();
    return registerAnswer(await deps.register(settings, user));
  },
});

function declaration(args: Arguments, { user, channel }: Invocation): Record<string, unknown> {
  const slug = requireWord(args, 0, 'model', USAGE);
  for (const name of ['source', 'time-column']) requireOption(args.options, name);
  return { channel, owners: [user], slug, ...declaredOptions(args) };
}

function requireOption(options: Readonly<Record<string, string>>, name: string): void {
  const value = options[name];
  if (value !== undefined && value !== '') return;
  throw new DriftbellError('usage.invalid', {
    expected: `--${name}`,
    received: 'a command without it',
    remedy: `add --${name} and its value`,
  });
}

/** What a registration found, in words. */
export function registerAnswer({
  model,
  columns,
  leftOut,
  importancePassedOver,
  rows,
  range,
  holidays,
}: Registration): Message {
  const watched = columns.filter(({ role }) => role !== 'traffic');
  const span = `${formatInstant(range.firstMs, model.zone)} to ${formatInstant(range.lastMs, model.zone)}`;
  const title = `${model.slug} is watched: ${counted(watched.length, 'column')}, ${counted(rows, 'row')}, ${span}.`;
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
      ...timeRemarks(model, range).map((remark) => ({
        type: 'paragraph' as const,
        content: [text(remark)],
      })),
      ...passedOverBlocks(importancePassedOver ?? []),
      ...holidayBlocks(model, holidays),
      { type: 'context', content: [text('History is being computed; the newest window is judged right after it.')] },
    ],
  };
}

function holidayBlocks({ zone }: Registration['model'], holidays: Registration['holidays']): Message['blocks'] {
  const last = holidays?.at(-1);
  if (holidays === undefined || last === undefined) return [];
  const count = `${counted(holidays.length, 'public holiday is', 'public holidays are')} declared, the last one ${last.text} on`;
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

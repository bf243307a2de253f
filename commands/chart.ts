import { columnChart, newestWindow, overviewChart, pictureBlocks, windowsUntil } from '../src/alerting/index.ts';
import { TRAFFIC_COLUMN } from '../src/domain/column.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import type { Granularity, Model } from '../src/domain/model.ts';
import type { Window } from '../src/domain/window.ts';
import { formatWindows } from '../src/messages/format-window.ts';
import { bold, type Message, plainMessage, text } from '../src/messages/message.ts';
import { watchedSeries } from '../src/statistics/index.ts';
import { type CommandDeps, defineCommand } from './command.ts';
import { columnNamed, findColumn } from './find-column.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'chart <model> [column] [period]';
const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168 };
const WINDOW_HOURS: Readonly<Record<Granularity, number>> = { day: 24, hour: 1 };
/** Four weekly rounds of days; of hours, one week. */
const DEFAULT_WINDOWS: Readonly<Record<Granularity, number>> = { day: 28, hour: 168 };
/** With fewer there is no line; with more, a phone has several windows to a dot. */
const FEWEST_WINDOWS = 2;
const MOST_WINDOWS: Readonly<Record<Granularity, number>> = { day: 730, hour: 1_440 };
const PERIOD_FORM = {
  day: 'a period from 2d to 730d, such as 90d or 12w',
  hour: 'a period from 2h to 60d, such as 48h or 7d',
};

interface ChartInput {
  readonly slug: string;
  readonly words: readonly string[];
}

export const chart = defineCommand<ChartInput>({
  name: 'chart',
  usage: USAGE,
  summary: 'Draws a model at a look, or one column with its expected band, over the last weeks or the period you name.',
  examples: ['chart flight-delay', 'chart flight-delay distance', 'chart flight-delay traffic 90d'],
  role: 'viewer',
  about: 'model',
  isLong: true,
  parse: (args) => {
    refuseExtras(args, 3, [], USAGE);
    return { slug: requireWord(args, 0, 'model', USAGE), words: args.words.slice(1) };
  },
  run: async (deps, { slug, words }): Promise<Message> => {
    const model = findModel(deps.stores, slug);
    const { column, count } = readWords(deps, model, words);
    const last = newestWindow(deps.stores, model);
    if (last === undefined) {
      return plainMessage(
        `${model.slug} has no windows yet: there is nothing to draw. \`/drift status ${model.slug}\` says why.`,
      );
    }
    return draw(deps, model, { column, windows: windowsUntil(last, count, model), last });
  },
});

async function draw(
  deps: CommandDeps,
  model: Model,
  { column, windows, last }: { column: string | undefined; windows: readonly Window[]; last: Window },
): Promise<Message> {
  const all = watchedSeries(deps.stores, model, last);
  const keys = column === undefined ? all : all.filter((key) => key.column === column);
  const input = { model, keys, windows };
  const request = column === undefined ? overviewChart(deps, input) : columnChart(deps, input);
  const name = column === undefined ? 'at a look' : column === TRAFFIC_COLUMN ? 'traffic' : column;
  const period = formatWindows(windows[0] ?? last, last, model.zone);
  const title = `${model.slug}, ${name}`;
  if (request.panels.length === 0) {
    return plainMessage(`${title}, ${period}: no values are stored of it.`);
  }
  const shown = await deps.picture(request, `chart-${model.slug}`);
  return {
    text: `${title}, ${period}. ${shown.altText}`,
    blocks: [
      { type: 'paragraph', content: [bold(title), text(` · ${period}`)] },
      ...pictureBlocks(shown),
      ...leftOutNote(model.slug, { series: keys.length, drawn: request.panels.length, column }),
    ],
  };
}

/** The last word is a period unless a column has that name. */
function readWords(
  { stores }: Pick<CommandDeps, 'stores'>,
  model: Model,
  words: readonly string[],
): { readonly column: string | undefined; readonly count: number } {
  const { granularity } = model;
  const last = words.at(-1);
  const period =
    last === undefined || columnNamed(stores, model, last) !== undefined ? undefined : readPeriod(last, granularity);
  const named = period === undefined ? words : words.slice(0, -1);
  const column = named.length === 0 ? undefined : findColumn(stores, model, named.join(' '));
  return { column, count: period ?? DEFAULT_WINDOWS[granularity] };
}

/** `90d`, `12w`, `48h` in windows; undefined for a word of another form. */
function readPeriod(word: string, granularity: Granularity): number | undefined {
  const match = /^(\d{1,6})(h|d|w)$/i.exec(word);
  if (match === null) return undefined;
  const hours = Number(match[1]) * (HOURS[(match[2] ?? '').toLowerCase()] ?? 0);
  const count = Math.floor(hours / WINDOW_HOURS[granularity]);
  if (count >= FEWEST_WINDOWS && count <= MOST_WINDOWS[granularity]) return count;
  throw new DriftbellError('usage.invalid', {
    expected: PERIOD_FORM[granularity],
    received: JSON.stringify(word),
    remedy: count < FEWEST_WINDOWS ? 'write a longer one' : 'write a shorter one',
  });
}

function leftOutNote(
  slug: string,
  { series, drawn, column }: { readonly series: number; readonly drawn: number; readonly column: string | undefined },
): Message['blocks'] {
  if (column !== undefined || series <= drawn) return [];
  const words = 'The score, the traffic, and of the features those furthest outside their band first. One of them: ';
  return [
    {
      type: 'context',
      content: [text(words), { type: 'text', text: `/drift chart ${slug} <column>`, style: 'code' }],
    },
  ];
}

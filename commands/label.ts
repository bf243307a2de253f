import { counted } from '../src/domain/counted.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import type { SeriesKey } from '../src/domain/series.ts';
import type { Verdict } from '../src/domain/vote.ts';
import { parseWindow, windowAt } from '../src/domain/window.ts';
import { type SaidLabels, sayLabel } from '../src/feedback/index.ts';
import { formatWindows } from '../src/messages/format-window.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { watchedSeries } from '../src/statistics/index.ts';
import { absentWindows } from './absent-windows.ts';
import { type CommandDeps, defineCommand } from './command.ts';
import { findColumn } from './find-column.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';
import { verdictWords } from './labels.ts';

const USAGE = 'label <model> <column> <from> [to] [word]';

interface LabelInput {
  readonly slug: string;
  readonly column: string;
  readonly from: string;
  readonly rest: readonly string[];
  readonly verdict: Verdict;
  readonly statistic?: string;
}

export const label = defineCommand<LabelInput>({
  name: 'label',
  usage: USAGE,
  summary:
    'Says that something was wrong with a column then, whether it was found or missed; with --healthy, that nothing was.',
  examples: [
    'label flight-delay distance 2001-06-12',
    'label flight-delay distance 2001-06-12 2001-06-14 "unit changed upstream"',
    'label flight-delay traffic 2001-07-04 --healthy',
  ],
  role: 'responder',
  about: 'model',
  options: [{ name: 'statistic', value: 'name', summary: 'Of one statistic only, such as mean or coverage.' }],
  flags: [{ name: 'healthy', summary: 'Nothing was wrong; without it, something was.' }],
  parse: (args) => {
    refuseExtras(args, Number.POSITIVE_INFINITY, ['statistic', 'healthy'], USAGE);
    const { words, options } = args;
    return {
      slug: requireWord(args, 0, 'model', USAGE),
      column: requireWord(args, 1, 'column', USAGE),
      from: requireWord(args, 2, 'from', USAGE),
      rest: words.slice(3),
      verdict: options.healthy === undefined ? 'real' : 'not_useful',
      ...(options.statistic === undefined ? {} : { statistic: options.statistic }),
    };
  },
  run: (deps, { slug, column: typed, from, rest, verdict, statistic }, { user }): Message => {
    const model = findModel(deps.stores, slug);
    const column = findColumn(deps.stores, model, typed);
    const { zone, granularity } = model;
    const first = parseWindow(from, zone, granularity);
    const hasEnd = /^\d{4}-/.test(rest[0] ?? '');
    const last = hasEnd ? parseWindow(rest[0] ?? '', zone, granularity) : first;
    if (last.startMs < first.startMs) throw backwards(from, rest[0] ?? '');
    if (last.startMs > deps.clock.now()) throw ahead(hasEnd ? (rest[0] ?? '') : from);
    const word = rest.slice(hasEnd ? 1 : 0).join(' ');
    const ofColumn = watchedSeries(deps.stores, model, last).filter(
      (key) => key.column === column && key.segment === '',
    );
    const keys = ofColumn.filter((key) => statistic === undefined || key.statistic === statistic);
    if (keys.length === 0) throw noSeries(typed, statistic, ofColumn);
    const absent = absentWindows(deps.stores, model, { from: first, to: last });
    if (absent !== undefined) return plainMessage(`Nothing is noted: ${absent}`);
    const span = { fromMs: first.startMs, toMs: windowAt(last.startMs, zone, granularity).endMs };
    const said = { model, keys, ...span, verdict, by: user, ...(word === '' ? {} : { word }) };
    const labels = sayLabel({ ...deps, see: seeOf(deps) }, said);
    const when = formatWindows(first, last, zone);
    return plainMessage(
      `Noted: ${verdictWords[verdict]} with ${typed} of ${slug}, ${when}. ${learntWords(labels)} Say it again to change it; \`/drift labels ${slug} undo ${labels.id}\` takes it back.`,
    );
  },
});

function learntWords({ windows, leftOut, series }: SaidLabels): string {
  const injected = `${counted(leftOut, 'window')} outside the band ${leftOut === 1 ? 'was' : 'were'} injected on purpose`;
  if (windows > 0) {
    const statistics = series.map((key) => key.statistic.replaceAll('_', ' ')).join(', ');
    const learnt = `${counted(windows, 'window')} outside the band of ${statistics} ${windows === 1 ? 'is' : 'are'} learned from tonight.`;
    return leftOut === 0 ? learnt : `${learnt} ${injected} and left out.`;
  }
  if (leftOut > 0) return `${injected}, so nothing is learned from what you said; it is kept for the record.`;
  return 'None of its windows left its band then, so the second stage cannot learn from it; it is kept for the record.';
}

function seeOf({ learning }: CommandDeps): NonNullable<CommandDeps['learning']>['see'] {
  return learning?.see ?? ((_, detections) => detections.map(() => undefined));
}

function ahead(typed: string): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: 'windows that have begun',
    received: typed,
    remedy: 'name a day that has come, or declare what is to come with /drift event',
  });
}

function backwards(from: string, to: string): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: 'an end that is not before the beginning',
    received: `from ${from} to ${to}`,
    remedy: 'swap the two',
  });
}

function noSeries(column: string, statistic: string | undefined, watched: readonly SeriesKey[]): DriftbellError {
  const names = watched.map((key) => key.statistic).join(', ');
  return new DriftbellError('usage.invalid', {
    expected: `a statistic of ${column} that is watched`,
    received: statistic === undefined ? 'a column without any' : JSON.stringify(statistic.slice(0, 40)),
    remedy:
      names === ''
        ? 'name another column; `/drift status` names those that are watched'
        : `choose one of ${names}, or leave --statistic out to label all of them`,
  });
}

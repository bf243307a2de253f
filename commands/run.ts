import { parseWindow } from '../src/domain/window.ts';
import { formatWindow } from '../src/messages/format-window.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { type CheckSummary, defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'run <model> [window]';

const stepWords: Readonly<Record<string, string>> = {
  open: 'A report was opened',
  develop: 'The report was brought up to date',
  resolve: 'The report was resolved',
  wait: 'Quiet; the open report resolves if it stays so',
  past: 'That window had been judged before; no message changes',
  quiet: 'Quiet; nothing to report',
  'not landed': 'The window has not landed yet; it is judged once its lateness has passed',
};

export const run = defineCommand<{ readonly slug: string; readonly window?: string }>({
  name: 'run',
  usage: USAGE,
  summary: 'Computes and judges one window now: the newest that has landed, or the one you name.',
  examples: ['run flight-delay', 'run flight-delay 2001-06-14'],
  parse: (args) => {
    refuseExtras(args, 2, [], USAGE);
    const window = args.words[1];
    return { slug: requireWord(args, 0, 'model', USAGE), ...(window === undefined ? {} : { window }) };
  },
  run: async (deps, { slug, window }): Promise<Message> => {
    const model = findModel(deps.stores, slug);
    const asked = window === undefined ? undefined : parseWindow(window, model.zone, model.granularity);
    const summary = await deps.check(model, asked);
    return plainMessage(`${model.slug}, ${formatWindow(summary.window, model.zone)}: ${sentence(summary)}`);
  },
});

function sentence({ unreadColumns, judgedSeries, anomalies, step, reportId }: CheckSummary): string {
  const unread = unreadColumns === 0 ? '' : `, ${unreadColumns} columns could not be read`;
  const work = `${judgedSeries} series judged, ${anomalies} outside their band${unread}.`;
  return `${work} ${stepWords[step] ?? step}${reportId === undefined ? '' : ` (#${reportId})`}.`;
}

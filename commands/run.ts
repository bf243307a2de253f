import { TRAFFIC_SERIES } from '../src/domain/all-traffic.ts';
import { counted } from '../src/domain/counted.ts';
import type { Model } from '../src/domain/model.ts';
import { parseWindow } from '../src/domain/window.ts';
import { formatWindow } from '../src/messages/format-window.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { type CheckSummary, type CommandDeps, defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';
import { landingWords, notLandedWords } from './landing-words.ts';

const USAGE = 'run <model> [window]';
const stepWords: Readonly<Record<string, string>> = {
  open: 'A report was opened',
  develop: 'The report was brought up to date',
  resolve: 'The report was resolved',
  wait: 'Quiet; the open report resolves if it stays so',
  past: 'Reports stay as they are: later windows have been judged',
  quiet: 'Quiet; nothing to report',
};

export const run = defineCommand<{ readonly slug: string; readonly window?: string }>({
  name: 'run',
  usage: USAGE,
  summary: 'Computes and judges one window now: the newest that has landed, or the one you name.',
  examples: ['run flight-delay', 'run flight-delay 2001-06-14'],
  role: 'responder',
  about: 'model',
  isLong: true,
  parse: (args) => {
    refuseExtras(args, 2, [], USAGE);
    const window = args.words[1];
    return { slug: requireWord(args, 0, 'model', USAGE), ...(window === undefined ? {} : { window }) };
  },
  run: async (deps, { slug, window }, { working }): Promise<Message> => {
    const model = findModel(deps.stores, slug);
    const asked = window === undefined ? undefined : parseWindow(window, model.zone, model.granularity);
    const summary = await deps.check(model, asked, working);
    const isMuted = deps.stores.mutes.active(model.id, deps.clock.now()) !== undefined;
    const muted = isMuted && summary.step === 'open' ? ' The model is muted: nothing is posted.' : '';
    const words = `${model.slug}, ${formatWindow(summary.window, model.zone)}: ${checkWords(summary)}`;
    return plainMessage(`${words}${muted}${endedHint(deps, model, summary)}`);
  },
});

/** For a source that has ended, the newest window is empty, and the person meant the newest with rows. */
function endedHint({ stores }: CommandDeps, model: Model, summary: CheckSummary): string {
  const { judgedSeries, window, landing } = summary;
  if (judgedSeries > 0 || (landing !== undefined && landing.rows !== 0)) return '';
  const points = stores.statistics
    .series(model.id, [TRAFFIC_SERIES], 0, window.endMs)
    .flatMap((series) => series.points);
  const last = points.findLast(({ rows }) => rows > 0);
  if (last === undefined || last.window.startMs >= window.startMs) return '';
  const when = formatWindow(last.window, model.zone);
  return ` The newest window whose rows were counted is ${when}: \`/drift run ${model.slug} ${last.window.key}\` judges it.`;
}

/** What a check did, in words; the command line says the same. */
export function checkWords(summary: CheckSummary): string {
  const { landing, unreadColumns, judgedSeries, anomalies, step, reportId } = summary;
  if (step === 'not landed') return notLandedWords(landing);
  const judged =
    judgedSeries === 0
      ? 'no series has the unbroken history that a band needs'
      : `${judgedSeries} series judged, ${anomalies} anomalous`;
  const rules = judgedSeries === 0 && anomalies > 0 ? `, ${anomalies} broke a rule that needs none` : '';
  const unread = unreadColumns === 0 ? '' : `, ${counted(unreadColumns, 'column')} could not be read`;
  const report = reportId === undefined ? '' : ` (#${reportId})`;
  const seen = landing === undefined ? '' : `${landingWords(landing)}; `;
  return `${seen}${judged}${rules}${unread}. ${stepWords[step] ?? step}${report}.`;
}

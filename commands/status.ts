import { presentReport, summarySentence } from '../src/alerting/index.ts';
import type { Model, Mute } from '../src/domain/model.ts';
import { windowAt } from '../src/domain/window.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { formatWindow } from '../src/messages/format-window.ts';
import { bold, code, type Inline, type Message, text } from '../src/messages/message.ts';
import { type CommandDeps, defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'status <model>';

export const status = defineCommand<{ readonly slug: string }>({
  name: 'status',
  usage: USAGE,
  summary: 'Shows one model: its last check, its open report, its mute, what is watched.',
  examples: ['status flight-delay'],
  parse: (args) => {
    refuseExtras(args, 1, [], USAGE);
    return { slug: requireWord(args, 0, 'model', USAGE) };
  },
  run: (deps, { slug }): Message => {
    const model = findModel(deps.stores, slug);
    const facts = factsOf(deps, model);
    return {
      text: `${model.slug}: ${facts.map(({ label, words }) => `${label.toLowerCase()} ${words}`).join('; ')}.`,
      blocks: [
        { type: 'header', text: model.slug },
        { type: 'facts', facts: facts.map(({ label, words }) => ({ label, value: [text(words)] })) },
        { type: 'context', content: sourceLine(model) },
      ],
    };
  },
});

function factsOf({ stores, clock }: CommandDeps, model: Model): { label: string; words: string }[] {
  const now = clock.now();
  const run = stores.runs.latest('check', model.id);
  const newest = stores.runs.newestDone('check', model.id);
  const open = stores.reports.open(model.id);
  const mute = stores.mutes.active(model.id, now);
  const columns = stores.models.columns(model.id);
  const windows = stores.statistics.windowStarts(model.id);
  return [
    {
      label: 'Report',
      words:
        open === undefined
          ? 'none open'
          : `#${open.id}, ${open.state}: ${summarySentence(presentReport({ stores }, open, now))}`,
    },
    {
      label: 'Last window judged',
      words:
        newest === undefined ? 'none yet' : formatWindow(windowAt(newest, model.zone, model.granularity), model.zone),
    },
    {
      label: 'Last check',
      words:
        run === undefined
          ? 'none yet'
          : `${run.outcome}, ${formatInstant(run.startedAt, model.zone)}${run.error === undefined ? '' : `: ${run.error}`}`,
    },
    { label: 'Mute', words: mute === undefined ? 'not muted' : muteWords(mute, model) },
    { label: 'Watched', words: `${columns.filter(({ role }) => role !== 'traffic').length} columns` },
    { label: 'History', words: `${windows.length} windows of one ${model.granularity}` },
  ];
}

function muteWords({ untilMs, reason }: Mute, { zone }: Model): string {
  return `until ${formatInstant(untilMs, zone)}${reason === undefined ? '' : ` (${reason})`}`;
}

function sourceLine(model: Model): Inline {
  return [
    bold('Source'),
    text(' '),
    code(model.source.location),
    text(' · time '),
    code(model.timeColumn),
    text(` · ${model.zone} · registered by `),
    { type: 'user', userId: model.registeredBy },
  ];
}

import type { EpochMs, ReportId } from '../src/domain/identifiers.ts';
import { formatText } from '../src/messages/format-text.ts';
import { bold, type Inline, type Message, plainMessage, sentence } from '../src/messages/message.ts';
import type { AuditEntry, Stores } from '../src/ports/stores.ts';
import { type AuditSubject, auditLine } from './audit-words.ts';
import { defineCommand } from './command.ts';
import { refuseExtras } from './find-model.ts';
import { chunks } from './settings.ts';
import { idIn, requireId } from './slack-ids.ts';

const USAGE = 'audit [model] [--by <person>] [--action <action>] [--raw]';
/** What fits into one message without being cut. */
const SHOWN = 20;
/** Entries as they are kept are longer: as many as fit into three blocks. */
const SHOWN_RAW = 10;
/** Of a raw entry, as much as tells which change it was. */
const RAW_CHARS = 800;

interface AuditQuestion {
  readonly slug?: string;
  readonly by?: string;
  readonly action?: string;
  readonly isRaw: boolean;
}

export const audit = defineCommand<AuditQuestion>({
  name: 'audit',
  usage: USAGE,
  summary: 'Shows who changed what and when, and who was denied what; of a model, its reports and their votes too.',
  examples: ['audit', 'audit flight-delay', 'audit --by @anna', 'audit --action access.denied', 'audit --raw'],
  role: 'admin',
  about: 'driftbell',
  options: [
    { name: 'by', value: 'person', summary: 'of one person only' },
    { name: 'action', value: 'action', summary: 'of one kind only, such as model.mute or access.denied' },
  ],
  flags: [{ name: 'raw', summary: 'the entries as they are kept' }],
  parse: (args) => {
    refuseExtras(args, 1, ['by', 'action', 'raw'], USAGE);
    const [slug] = args.words;
    const { by, action, raw } = args.options;
    const isRaw = raw !== undefined;
    return { ...(slug && { slug }), ...(by && { by: idIn(by) }), ...(action && { action }), isRaw };
  },
  run: ({ stores }, { slug, by, action, isRaw }): Message => {
    const entries = stores.audit.newest(isRaw ? SHOWN_RAW : SHOWN, {
      ...(slug && aboutModel(stores, slug)),
      ...(by && { by: by as AuditEntry['by'] }),
      ...(action && { action }),
    });
    if (entries.length === 0 && by !== undefined && !hasActed(stores, by)) requireId(by, 'person');
    if (entries.length === 0) return plainMessage('Nothing of that kind is in the audit.');
    return isRaw
      ? rawMessage(entries)
      : wordsMessage(entries.map((entry) => auditLine(entry, subjectOf(stores, entry))));
  },
});

/** What was done with a model and its reports; of one that was never registered there may be denials. */
function aboutModel({ models }: Pick<Stores, 'models'>, slug: string) {
  const model = models.bySlug(slug);
  return model === undefined ? { subject: `model:${slug}` } : { model };
}

/** Not only people do: the bot itself and the command line have names that are no ids. */
function hasActed(stores: Pick<Stores, 'audit'>, by: string): boolean {
  return stores.audit.newest(1, { by: by as AuditEntry['by'] }).length > 0;
}

function titleOf(count: number): string {
  return count === 1 ? 'The one entry of the audit' : `The newest ${count} entries of the audit`;
}

function wordsMessage(lines: readonly Inline[]): Message {
  const title = titleOf(lines.length);
  const said = lines.map((content) => formatText({ blocks: [{ type: 'paragraph', content }] }).replaceAll('`', ''));
  return {
    text: `${title}: ${said.join('; ')}.`,
    blocks: [
      { type: 'paragraph', content: [bold(title)] },
      { type: 'list', items: lines, overflowNote: 'entries' },
      {
        type: 'context',
        content: sentence(
          '`--raw` shows the entries as they are kept; `driftbell audit` in a shell writes all of them to a file.',
        ),
      },
    ],
  };
}

/** One line of JSON each, with times that a machine reads. */
function rawMessage(entries: readonly AuditEntry[]): Message {
  const title = titleOf(entries.length);
  const lines = entries.map(({ at, ...entry }) => {
    const line = JSON.stringify({ at: isoOf(at), ...entry });
    return line.length > RAW_CHARS ? `${line.slice(0, RAW_CHARS)}…` : line;
  });
  return {
    text: `${title}, as kept.`,
    blocks: [
      { type: 'paragraph', content: [bold(title)] },
      ...chunks(lines.join('\n')).map((part) => ({ type: 'preformatted' as const, text: part })),
    ],
  };
}

function isoOf(at: EpochMs): string {
  return new Date(at).toISOString();
}

/** The name of what an entry is about, and the zone to tell times in. */
function subjectOf(stores: Pick<Stores, 'models' | 'reports'>, { subject }: AuditEntry): AuditSubject {
  const [kind = '', id = ''] = subject.split(':');
  if (kind === 'report') {
    const report = stores.reports.byId(Number(id) as ReportId);
    const model = report && stores.models.byId(report.modelId);
    return { name: `report #${id}${model ? ` of ${model.slug}` : ''}`, zone: model?.zone ?? 'UTC' };
  }
  if (kind === 'model') return { name: id, zone: stores.models.bySlug(id)?.zone ?? 'UTC' };
  return { name: kind === 'channel' ? id : subject, zone: 'UTC' };
}

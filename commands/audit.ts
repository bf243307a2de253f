import { formatInstant } from '../src/messages/format-instant.ts';
import { bold, code, type Inline, type Message, plainMessage, text } from '../src/messages/message.ts';
import type { AuditEntry } from '../src/ports/stores.ts';
import { defineCommand } from './command.ts';
import { refuseExtras } from './find-model.ts';
import { idIn } from './slack-ids.ts';

const USAGE = 'audit [model] [--by <person>] [--action <action>]';
/** What fits into one message without being cut. */
const SHOWN = 20;
/** Of what changed, as much as tells which change it was. */
const FACTS_CHARS = 160;

interface AuditQuestion {
  readonly slug?: string;
  readonly by?: string;
  readonly action?: string;
}

export const audit = defineCommand<AuditQuestion>({
  name: 'audit',
  usage: USAGE,
  summary: 'Shows who changed what and when, and who was denied what.',
  examples: ['audit', 'audit flight-delay', 'audit --by @anna', 'audit --action access.denied'],
  role: 'admin',
  about: 'driftbell',
  options: [
    { name: 'by', value: 'person', summary: 'of one person only' },
    { name: 'action', value: 'action', summary: 'of one kind only, such as model.mute or access.denied' },
  ],
  parse: (args) => {
    refuseExtras(args, 1, ['by', 'action'], USAGE);
    const [slug] = args.words;
    const { by, action } = args.options;
    return { ...(slug && { slug }), ...(by && { by: idIn(by) }), ...(action && { action }) };
  },
  run: ({ stores }, { slug, by, action }): Message => {
    const entries = stores.audit.newest(SHOWN, {
      ...(slug && { subject: `model:${slug}` }),
      ...(by && { by: by as AuditEntry['by'] }),
      ...(action && { action }),
    });
    if (entries.length === 0) return plainMessage('Nothing of that kind is in the audit.');
    const title = `The newest ${entries.length} entries of the audit`;
    return {
      text: `${title}: ${entries.map((entry) => `${entry.action} ${entry.subject} by ${entry.by}`).join('; ')}.`,
      blocks: [
        { type: 'paragraph', content: [bold(title)] },
        { type: 'list', items: entries.map(line), overflowNote: 'entries' },
      ],
    };
  },
});

function line({ at, by, action, subject, facts }: AuditEntry): Inline {
  const told = JSON.stringify(facts);
  const shown = told.length > FACTS_CHARS ? `${told.slice(0, FACTS_CHARS)}…` : told;
  const who: Inline = by.startsWith('U') || by.startsWith('W') ? [{ type: 'user', userId: by }] : [text(by)];
  return [
    text(`${formatInstant(at, 'UTC')} `),
    ...who,
    text(' '),
    bold(action),
    text(` ${subject} `),
    ...(told === '{}' ? [] : [code(shown)]),
  ];
}

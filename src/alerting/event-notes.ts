import type { DeclaredEvent } from '../domain/model.ts';
import { formatInstant } from '../messages/format-instant.ts';
import { bold, type MessageBlock, text } from '../messages/message.ts';

export function eventNotes(events: readonly DeclaredEvent[], zone: string): MessageBlock[] {
  return events.map((event) => ({
    type: 'context',
    content: [bold(eventTitle(event)), text(`: ${event.text} (from ${formatInstant(event.startMs, zone)})`)],
  }));
}

export function eventSentence(events: readonly DeclaredEvent[]): string {
  return events.map((event) => ` ${eventTitle(event)}: ${event.text}.`).join('');
}

function eventTitle({ kind }: DeclaredEvent): string {
  return kind === 'injected' ? '🧪 Injected on purpose, not a real fault' : `📌 Declared ${kind}`;
}

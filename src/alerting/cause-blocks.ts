import { bold, type MessageBlock } from '../messages/message.ts';
import { type Cause, causeLine, plainCauseLine } from './causes/index.ts';

/** Causes told in the message; the rest is in the thread. */
export const TOP_CAUSES = 3;

/** True where there is more to say than that a column is out: several columns are one story, or a deploy explains it. */
export function hasCauses(causes: readonly Cause[]): boolean {
  return causes.some(
    ({ findings, event }) => event !== undefined || new Set(findings.map(({ series }) => series.column)).size > 1,
  );
}

export function causeBlocks(causes: readonly Cause[], zone: string, most = TOP_CAUSES): MessageBlock[] {
  const shown = causes.slice(0, most);
  const more = causes.length - shown.length;
  return [
    { type: 'paragraph', content: [bold(causes.length === 1 ? 'Likely cause' : 'Likely causes')] },
    {
      type: 'list',
      items: shown.map((cause, index) => numbered(cause, { index, count: causes.length, zone })),
      ...(more > 0 ? { more } : {}),
      overflowNote: 'in the thread',
    },
  ];
}

export function plainCauses(causes: readonly Cause[], zone: string): string {
  const words = causes.slice(0, TOP_CAUSES).map((cause) => plainCauseLine(cause, zone));
  const more = causes.length - words.length;
  return `Likely cause${causes.length === 1 ? '' : 's'}: ${words.join('; ')}${more > 0 ? `; +${more} more` : ''}.`;
}

function numbered(cause: Cause, at: { readonly index: number; readonly count: number; readonly zone: string }) {
  const line = causeLine(cause, at.zone);
  return at.count === 1 ? line : [{ type: 'text' as const, text: `${at.index + 1}. ` }, ...line];
}

import type { MuteDuration } from './report-action.ts';

/** What can be picked in the menu of a report's message; the words are the callback ids on the wire. */
export const shortcuts = {
  mute: {
    id: 'report.mute_message',
    name: 'Mute for a day',
    description: 'Mute the model of this report for one day',
  },
  acknowledge: {
    id: 'report.acknowledge_message',
    name: 'Acknowledge report',
    description: 'Say that you look after this report',
  },
} as const;

/** How long the shortcut mutes; the report's own menu has other spans. */
export const SHORTCUT_MUTE: MuteDuration = '1d';

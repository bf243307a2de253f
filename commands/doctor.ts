import { type Examined, type HealthState, healthSummary } from '../src/domain/examined.ts';
import { bold, type Inline, type Message, sentence, text } from '../src/messages/message.ts';
import { defineCommand } from './command.ts';
import { refuseExtras } from './find-model.ts';

const USAGE = 'doctor';
const marks: Readonly<Record<HealthState, string>> = { well: '✅', doubtful: '⚠️', ill: '❌' };
/** What asks for something first. */
const order: readonly HealthState[] = ['ill', 'doubtful', 'well'];

export const doctor = defineCommand<undefined>({
  name: 'doctor',
  usage: USAGE,
  summary: 'Says what is configured, reachable and granted, what is missing and how to mend it.',
  examples: ['doctor'],
  role: 'responder',
  about: 'driftbell',
  isLong: true,
  parse: (args) => {
    refuseExtras(args, 0, [], USAGE);
    return undefined;
  },
  run: async ({ examine }): Promise<Message> => {
    const examined = (await examine()).toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
    const summary = `Driftbell looked at itself: ${healthSummary(examined)}`;
    const unwell = examined.filter(({ state }) => state !== 'well').map(({ part, text: found }) => `${part}: ${found}`);
    return {
      text: [summary, ...unwell].join(' '),
      blocks: [
        { type: 'paragraph', content: [bold(summary)] },
        { type: 'list', items: examined.map(line), overflowNote: 'parts that are well' },
      ],
    };
  },
});

function line({ part, state, text: found, remedy }: Examined): Inline {
  const mend = remedy === undefined ? '' : ` To mend it: ${remedy}.`;
  return [text(`${marks[state]} `), bold(part), text(': '), ...sentence(`${found}${mend}`)];
}

import { code, type Inline, type Message, text } from '../src/messages/message.ts';
import { type Command, defineCommand } from './command.ts';

/** Help is made of the table that routes, so the two cannot differ. */
export function createHelp(table: () => readonly Command[]): Command {
  return defineCommand<{ readonly about: string | undefined }>({
    name: 'help',
    usage: 'help [command]',
    summary: 'Shows what Driftbell understands.',
    examples: ['help', 'help register'],
    parse: (args) => ({ about: args.words[0] }),
    run: (_deps, { about }) => {
      const command = table().find(({ name }) => name === about);
      return command === undefined ? overview(table()) : details(command);
    },
  });
}

function overview(commands: readonly Command[]): Message {
  const lines = commands.map((command): Inline => [code(`/drift ${command.usage}`), text(`\n${command.summary}`)]);
  return {
    text: `Driftbell understands: ${commands.map(({ name }) => name).join(', ')}.`,
    blocks: [
      { type: 'paragraph', content: [text('I watch models and post one report per model when something is wrong.')] },
      { type: 'list', items: lines, overflowNote: 'commands' },
      { type: 'context', content: [text('More on one: '), code('/drift help register')] },
    ],
  };
}

function details(command: Command): Message {
  return {
    text: `/drift ${command.usage}: ${command.summary}`,
    blocks: [
      { type: 'paragraph', content: [code(`/drift ${command.usage}`), text(`\n${command.summary}`)] },
      { type: 'list', items: command.examples.map((example) => [code(`/drift ${example}`)]), overflowNote: 'examples' },
    ],
  };
}

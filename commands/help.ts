import { code, type Inline, type Message, plainSentence, sentence, text } from '../src/messages/message.ts';
import { type Command, defineCommand, wordsTaken } from './command.ts';
import { findCommand } from './find-command.ts';

/** Help is made of the table that routes, so the two cannot differ. */
export function createHelp(table: () => readonly Command[]): Command {
  return defineCommand<{ readonly about: string | undefined }>({
    name: 'help',
    usage: 'help [command]',
    summary: 'Shows what Driftbell understands.',
    examples: ['help', 'help register'],
    role: 'viewer',
    about: 'driftbell',
    parse: (args) => ({ about: args.words.length === 0 ? undefined : args.words.join(' ') }),
    run: (_deps, { about }) => (about === undefined ? overview(table()) : details(findCommand(table(), about))),
  });
}

function overview(commands: readonly Command[]): Message {
  const lines = commands.map(
    (command): Inline => [code(`/drift ${command.usage}`), ...sentence(`\n${command.summary}`)],
  );
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
    text: `/drift ${command.usage}: ${plainSentence(command.summary)}`,
    blocks: [
      { type: 'paragraph', content: [code(`/drift ${command.usage}`), ...sentence(`\n${command.summary}`)] },
      ...optionBlocks(command),
      { type: 'list', items: command.examples.map((example) => [code(`/drift ${example}`)]), overflowNote: 'examples' },
    ],
  };
}

function optionBlocks(command: Command): Message['blocks'] {
  const items = wordsTaken(command).map(({ typed, summary }): Inline => [code(typed), text(` ${summary}`)]);
  if (items.length === 0) return [];
  return [
    { type: 'list', items, overflowNote: 'options' },
    { type: 'paragraph', content: [text('For example:')] },
  ];
}

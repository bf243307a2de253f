/** What the verbs that chat and command line share tell a person to type -> what does that in a shell. */
const SHELL_WORDS: readonly (readonly [RegExp, string])[] = [
  [/`\/drift register`/g, '`driftbell import`'],
  [/`\/drift (?:list|status)`/g, '`driftbell export`'],
  [/`\/drift budget (\S+) ([^\s`]+)`/g, '`driftbell budget --model $1 --reports $2`'],
];

/** The words with hints that work in a shell; one that has no verb there stays, since the chat has it. */
export function inShellWords(words: string): string {
  return SHELL_WORDS.reduce((said, [hint, verb]) => said.replace(hint, verb), words);
}

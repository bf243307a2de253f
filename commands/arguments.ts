import { DriftbellError } from '../src/domain/errors.ts';

/** What was typed after the subcommand: words, and options as `--name value`, `--name=value` or `name=value`. */
export interface Arguments {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

/** Longer text is refused: no command needs it, and it would come back in error messages. */
export const LONGEST_TEXT = 4_000;

/** Of a long quotation, this much tells which one is meant. */
const SHOWN = 40;

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’', '„': '“', '«': '»' };

/** Splits command text as people type it in a chat: smart quotes group words, and a dash that was made long is `--`. */
export function parseArguments(
  typed: string,
  flags: readonly string[] = [],
  /** Those that take a value; absent: all but the flags. What is neither takes none, and is refused by its command. */
  valued?: readonly string[],
): Arguments {
  if (typed.length > LONGEST_TEXT) {
    throw new DriftbellError('usage.invalid', {
      expected: `at most ${LONGEST_TEXT} characters`,
      received: `${typed.length} characters`,
      remedy: 'shorten the command',
    });
  }
  const words: string[] = [];
  const options: Record<string, string> = {};
  const tokens = tokenise(typed);
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    const option = token.isQuoted ? undefined : /^(?:--|—|–)?([a-z][a-z-]*)(?:=(.*))?$/s.exec(token.text);
    const hasDash = !token.isQuoted && /^(--|—|–)[a-z]/.test(token.text);
    const name = option?.[1];
    if (name !== undefined && option?.[2] !== undefined && flags.includes(name)) throw valueOfFlag(name, token.text);
    if (!token.isQuoted && name === undefined && MEANT_AS_OPTION.test(token.text)) {
      options[token.text.replace(/^(--|—|–)|=.*$/gs, '')] = 'true';
    } else if (name === undefined || (!hasDash && option?.[2] === undefined)) {
      words.push(token.text);
    } else if (option?.[2] !== undefined) {
      options[name] = option[2];
    } else if (flags.includes(name) || valued?.includes(name) === false) {
      options[name] = 'true';
    } else {
      index += 1;
      options[name] = valueAfter(name, tokens[index]);
    }
  }
  return { words, options };
}

/** No option, for its capitals or its one hyphen, but meant as one: its command refuses it, where a word would be kept. */
const MEANT_AS_OPTION = /^[-—–]+[a-z]/i;

interface Token {
  readonly text: string;
  readonly isQuoted: boolean;
}

function valueAfter(name: string, token: Token | undefined): string {
  if (token !== undefined && (token.isQuoted || !/^(--|—|–)[a-z]/.test(token.text))) return token.text;
  throw new DriftbellError('usage.invalid', {
    expected: `a value after --${name}`,
    received: token === undefined ? 'the end of the command' : token.text,
    remedy: `write --${name} followed by its value`,
  });
}

function valueOfFlag(name: string, received: string): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: `--${name} without a value`,
    received: `\`${received.slice(0, SHOWN)}\``,
    remedy: `write \`--${name}\`, or leave it out`,
  });
}

function tokenise(typed: string): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  while (index < typed.length) {
    if (/\s/.test(typed[index] ?? '')) {
      index += 1;
      continue;
    }
    let text = '';
    const startsQuoted = QUOTES[typed[index] ?? ''] !== undefined;
    while (index < typed.length && !/\s/.test(typed[index] ?? '')) {
      const character = typed[index] ?? '';
      const end = QUOTES[character];
      // An apostrophe inside a word is a letter; a quote opens only at a word's or a value's beginning.
      if (end !== undefined && (text === '' || text.endsWith('='))) {
        const close = typed.indexOf(end, index + 1);
        if (close === -1) throw unclosed(typed.slice(index));
        text += typed.slice(index + 1, close);
        index = close + 1;
      } else {
        text += character;
        index += 1;
      }
    }
    tokens.push({ text, isQuoted: startsQuoted });
  }
  return tokens;
}

function unclosed(rest: string): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: `a second quotation mark that ends \`${rest.length > SHOWN ? `${rest.slice(0, SHOWN)}…` : rest}\``,
    received: 'the end of the command',
    remedy: 'close the quotation, or leave the quotation mark out',
  });
}

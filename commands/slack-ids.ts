import { DriftbellError } from '../src/domain/errors.ts';

/** Slack writes what was picked from its lists as `<@U024BE7LH|anna>`, `<#C024BE7LR|general>`, `<!subteam^S012AB|@ml>`. */
const PICKED = /^<(?:[@#]|!subteam\^)([A-Z0-9]+)(?:\|[^>]*)?>$/;

/** The id of a person, channel or user group that was picked; anything else as it was typed. */
export function idIn(typed: string): string {
  return PICKED.exec(typed)?.[1] ?? typed;
}

/** What Slack names by id, how its ids look, and how a person picks one. */
const kinds = {
  person: { id: /^[UW][A-Z0-9]{2,}$/, expected: 'a person as @mention or id such as `U024BE7LH`', sign: '@' },
  channel: { id: /^[CDG][A-Z0-9]{2,}$/, expected: 'a channel as #mention or id such as `C024BE7LR`', sign: '#' },
} as const;

/** For what nothing was found of: throws `usage.invalid` where it is no id, as nobody can know whom a name means. */
export function requireId(typed: string, kind: keyof typeof kinds): void {
  const { id, expected, sign } = kinds[kind];
  if (id.test(typed)) return;
  throw new DriftbellError('usage.invalid', {
    expected,
    received: JSON.stringify(typed.slice(0, SHOWN)),
    remedy: `type ${sign} and pick the ${kind} from the list that Slack shows`,
  });
}

/** Of a name that is none, as much as tells which one is meant. */
const SHOWN = 40;

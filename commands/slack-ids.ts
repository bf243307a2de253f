/** Slack writes what was picked from its lists as `<@U024BE7LH|anna>`, `<#C024BE7LR|general>`, `<!subteam^S012AB|@ml>`. */
const PICKED = /^<(?:[@#]|!subteam\^)([A-Z0-9]+)(?:\|[^>]*)?>$/;

/** The id of a person, channel or user group that was picked; anything else as it was typed. */
export function idIn(typed: string): string {
  return PICKED.exec(typed)?.[1] ?? typed;
}

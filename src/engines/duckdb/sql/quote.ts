/** A name as DuckDB takes it literally: quotes inside are doubled. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as DuckDB takes it literally; a backslash is an ordinary character there. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A finite number with a decimal point or exponent, so that it is a DOUBLE and never a DECIMAL that overflows. */
export function doubleLiteral(value: number): string {
  return `${quoteText(String(value))}::DOUBLE`;
}

/** A name as DuckDB takes it literally: quotes inside are doubled. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A text as DuckDB takes it literally; a backslash is an ordinary character there. Its parser stops at a NUL character, so
 * that one is computed: such a text is an expression, which a type cannot hold.
 */
export function quoteText(text: string): string {
  if (text.includes('\0')) return `(${text.split('\0').map(quoteText).join(' || chr(0) || ')})`;
  return `'${text.replaceAll("'", "''")}'`;
}

/** A finite number with a decimal point or exponent, so that it is a DOUBLE and never a DECIMAL that overflows. */
export function doubleLiteral(value: number): string {
  return `${quoteText(String(value))}::DOUBLE`;
}

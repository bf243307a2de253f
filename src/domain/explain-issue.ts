/** What is used of a validation issue, whichever library found it. */
export interface ValidationIssue {
  readonly code?: string;
  readonly message: string;
  readonly values?: readonly unknown[];
  readonly expected?: unknown;
  readonly keys?: readonly string[];
  /** Of what is too big or too small: `number`, `string`, `array`. */
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
}

/** Names of types that people use. */
const TYPE_WORDS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  string: 'a text',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  boolean: 'true or false',
};

/** The issue as a noun phrase for "Expected <field> to be ...": `one of day, hour`, `at most 20`, or its own words. */
export function explainIssue(issue: ValidationIssue | undefined): string {
  if (issue === undefined) return 'valid';
  if (issue.code === 'invalid_value' && issue.values !== undefined) return `one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type' && typeof issue.expected === 'string') {
    return TYPE_WORDS[issue.expected] ?? `a ${issue.expected}`;
  }
  if (issue.code === 'unrecognized_keys' && issue.keys !== undefined) return `without ${issue.keys.join(', ')}`;
  return sizeWords(issue) ?? issue.message;
}

/** Where the schema has no words of its own for a size. */
function sizeWords({ code, message, origin, minimum, maximum }: ValidationIssue): string | undefined {
  if (!/^Too (big|small)\b/.test(message)) return undefined;
  const unit = origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
  if (code === 'too_big' && maximum !== undefined) return `at most ${maximum}${unit}`;
  if (code !== 'too_small' || minimum === undefined) return undefined;
  return unit !== '' && Number(minimum) === 1 ? 'not empty' : `at least ${minimum}${unit}`;
}

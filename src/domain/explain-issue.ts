/** What is used of a validation issue, whichever library found it. */
export interface ValidationIssue {
  readonly code?: string;
  readonly message: string;
  readonly values?: readonly unknown[];
  readonly expected?: unknown;
  readonly keys?: readonly string[];
}

/** The issue as a noun phrase for "Expected <field> to be ...": `one of day, hour`, `a number`, or its own words. */
export function explainIssue(issue: ValidationIssue | undefined): string {
  if (issue === undefined) return 'valid';
  if (issue.code === 'invalid_value' && issue.values !== undefined) return `one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type' && typeof issue.expected === 'string') return `a ${issue.expected}`;
  if (issue.code === 'unrecognized_keys' && issue.keys !== undefined) return `without ${issue.keys.join(', ')}`;
  return issue.message;
}

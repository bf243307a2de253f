import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Slack's wording for a schema problem: a text and a JSON pointer to the place. */
export function phraseProblems(issues: readonly Issue[], input: unknown, root: string): readonly string[] {
  return issues.flatMap((issue) => phraseProblem(issue, input, root));
}

export function problemAt(text: string, root: string, path: readonly PropertyKey[]): string {
  return `${text} [json-pointer:${root}${path.map((part) => `/${String(part)}`).join('')}]`;
}

function phraseProblem(issue: Issue, input: unknown, root: string): readonly string[] {
  const at = (text: string, path: readonly PropertyKey[] = issue.path): string => problemAt(text, root, path);
  switch (issue.code) {
    case 'invalid_type':
      return valueAt(input, issue.path) === undefined && issue.path.length > 0
        ? [at(`missing required field: ${String(issue.path.at(-1))}`, issue.path.slice(0, -1))]
        : [at(`failed to match all allowed schemas: expected ${issue.expected}`)];
    case 'too_big':
      return [
        issue.origin === 'string'
          ? at(`must be less than ${Number(issue.maximum) + 1} characters`)
          : at(
              issue.origin === 'array'
                ? `no more than ${issue.maximum} items allowed`
                : `must be at most ${issue.maximum}`,
            ),
      ];
    case 'too_small':
      return [
        issue.origin === 'string'
          ? at(`must be more than ${Number(issue.minimum) - 1} characters`)
          : at(
              issue.origin === 'array'
                ? `must have at least ${issue.minimum} items`
                : `must be at least ${issue.minimum}`,
            ),
      ];
    case 'unrecognized_keys':
      return issue.keys.map((key) => at(`invalid additional property: ${key}`));
    case 'invalid_union': {
      const isTypePath = issue.path.at(-1) === 'type';
      const type = valueAt(input, isTypePath ? issue.path : [...issue.path, 'type']);
      if (type === undefined) {
        return [at('missing required field: type', isTypePath ? issue.path.slice(0, -1) : issue.path)];
      }
      return [at(`unsupported type: ${String(type).slice(0, 80)}`, isTypePath ? issue.path : [...issue.path, 'type'])];
    }
    case 'invalid_value':
      return valueAt(input, issue.path) === undefined
        ? [at(`missing required field: ${String(issue.path.at(-1))}`, issue.path.slice(0, -1))]
        : [at(`must be one of: ${issue.values.map(String).join(', ')}`)];
    default:
      return [at(issue.message)];
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, part)?.value;
  }
  return value;
}

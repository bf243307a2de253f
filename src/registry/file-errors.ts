import { DriftbellError } from '../domain/errors.ts';
import { explainIssue, type ValidationIssue } from '../domain/explain-issue.ts';
import { nearest } from '../domain/nearest.ts';

/** Longer values are cut where an error repeats them. */
const SHOWN_VALUE = 80;

/** A file of models as its errors name it. */
export interface FileRead {
  readonly path: string;
  readonly value: unknown;
  readonly lineOf: (keys: readonly PropertyKey[]) => number;
  /** Those that may stand at a path. */
  readonly knownKeys: (path: readonly PropertyKey[]) => readonly string[];
}

export type FileIssue = ValidationIssue & { readonly path: readonly PropertyKey[] };

/** A mistyped key is also a missing one; its name says more. */
export function withoutMistyped({ value }: FileRead, issues: readonly FileIssue[]): readonly FileIssue[] {
  const unknown = issues.flatMap(({ code, keys = [] }) => (code === 'unrecognized_keys' ? keys : []));
  const isMissing = ({ code, path }: FileIssue) => code === 'invalid_type' && valueAt(value, path) === undefined;
  const missing = issues.filter(isMissing).map(({ path }) => String(path.at(-1)));
  const meant = new Set(unknown.map((key) => nearest(key, missing)));
  return issues.filter((issue) => !isMissing(issue) || !meant.has(String(issue.path.at(-1))));
}

/** One of every unknown key, else one. */
export function issueErrors({ path: file, value, lineOf, knownKeys }: FileRead, issue: FileIssue): DriftbellError[] {
  const model = modelWords(value, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).map((key) => {
      const place = `${file}:${lineOf([...issue.path, key])}${model === '' ? '' : ` ${nameOf(issue.path.slice(0, 2))}`}`;
      return wrong(`${place}${model}`, `only the keys ${knownKeys(issue.path).join(', ')}`, JSON.stringify(key));
    });
  }
  const what = `${nameOf(issue.path)}${model} to be ${explainIssue(issue)}`;
  return [wrong(`${file}:${lineOf(issue.path)}`, what, shown(valueAt(value, issue.path)))];
}

/** `seen`: the line of every slug so far. */
export function repeatedSlug(
  { path, value, lineOf }: FileRead,
  seen: Map<string, number>,
  keys: readonly PropertyKey[],
): DriftbellError[] {
  const slug = valueAt(value, [...keys, 'slug']);
  if (typeof slug !== 'string') return [];
  const line = lineOf([...keys, 'slug']);
  const first = seen.get(slug);
  if (first !== undefined) return [wrong(`${path}:${line}`, 'each slug once', `${slug} again, after line ${first}`)];
  seen.set(slug, line);
  return [];
}

/** ` (churn)` of what lies in the model of that name. */
function modelWords(value: unknown, [models, index]: readonly PropertyKey[]): string {
  const slug = index === undefined ? undefined : valueAt(value, [models ?? '', index, 'slug']);
  return typeof slug === 'string' ? ` (${slug.slice(0, SHOWN_VALUE)})` : '';
}

function valueAt(value: unknown, keys: readonly PropertyKey[]): unknown {
  let inner = value;
  for (const key of keys) inner = (inner as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return inner;
}

/** `models[1].zone`, or the file itself. */
export function nameOf(keys: readonly PropertyKey[]): string {
  const name = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return name.replace(/^\./, '') || 'the file';
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value)).slice(0, SHOWN_VALUE);
}

export function wrong(place: string, expected: string, received: string): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: `in ${place} ${expected}`,
    received,
    remedy: 'correct that line; nothing was changed',
  });
}

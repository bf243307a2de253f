import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';

const root = join(import.meta.dirname, '../../..');

/** Where the published types are known to say less than Slack sends, and why a line about it is left out. */
const knownGaps: readonly (readonly [RegExp, string])[] = [
  [/^\/enterprise must be object/, 'null outside of Enterprise Grid, as in every documented payload'],
  [/\/(close|submit|title) must be object/, 'null for what a view lacks, as documented'],
  [/\/previous_view_id must be string/, 'null for the first view of a stack, as documented'],
  [/^\/user .*"additionalProperty":"(username|name)"/, 'documented payloads have both names'],
  [/\/event_payload .*additionalProperty/, 'the form of an app’s own metadata'],
  [/^\/view\/blocks\//, 'types of answers are made of samples; blocks are judged by their own types'],
  [/^\/view\/state .*"values"/, 'likewise'],
  [/^\/usergroups\/\d+ .*"auto_type"/, 'in the documented example'],
];

/** Checks a value against one of the types of `slack-shapes.ts`; what is wrong, one line each. */
export type CheckShape = (shape: string, value: unknown) => readonly string[];

/**
 * JSON schemas made of the types that Slack publishes: structure only, no lengths. Reading the types takes some
 * seconds, so a suite makes one of these.
 */
export function createShapeCheck(): CheckShape {
  const generator = createGenerator({
    path: join(import.meta.dirname, 'slack-shapes.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    skipTypeCheck: true,
    additionalProperties: false,
    expose: 'all',
    jsDoc: 'none',
    encodeRefs: false,
  });
  const known = new Map<string, ValidateFunction>();
  const compile = (shape: string): ValidateFunction =>
    new Ajv({ strict: false, allErrors: true }).compile({ ...generator.createSchema(shape) } as object);
  return (shape, value) => {
    const validate = known.get(shape) ?? compile(shape);
    known.set(shape, validate);
    // What travels is JSON: a field that is undefined is a field that is not there.
    if (validate(JSON.parse(JSON.stringify(value)))) return [];
    return (validate.errors ?? [])
      .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
      .filter((line) => !knownGaps.some(([gap]) => gap.test(line)));
  };
}

import { isMap, isNode, isSeq, LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { namesPlace, PERSON_OR_GROUP_ID } from '../domain/chat-ids.ts';
import { columnKinds } from '../domain/column.ts';
import { DriftbellError, isDriftbellError } from '../domain/errors.ts';
import { type FilterOverrides, filterSettingNames, settingFlag, settingIssue } from '../domain/filter-settings.ts';
import { granularities, type ModelSettings, sourceFormats } from '../domain/model.ts';
import { formatQuietHours, parseQuietHours } from '../domain/quiet-hours.ts';
import { isZone } from '../domain/window.ts';
import { type FileIssue, issueErrors, nameOf, repeatedSlug, withoutMistyped, wrong } from './file-errors.ts';
import { joinErrors } from './join-errors.ts';
import { parseDeclaration } from './settings.ts';

/** A model as a file of models declares it. */
export interface Declared {
  readonly settings: ModelSettings;
  /** What the owner has set of the filters; `{}`: nothing. */
  readonly filters: FilterOverrides;
  /** Where it stands: `models.yaml:6 models[0]`. Absent where it is of no file. */
  readonly place?: string;
}

const SLUG = /^[a-z0-9][a-z0-9_-]{1,62}$/;

const filterKeys = Object.fromEntries(
  filterSettingNames.map((name) => [
    settingFlag(name),
    z
      .number()
      .superRefine((value, context) => {
        const issue = settingIssue(name, value);
        if (issue !== undefined) context.addIssue({ code: 'custom', message: issue });
      })
      .optional(),
  ]),
);

/** The one reader of quiet hours says what is wrong with them, here where the line is known. */
function checkQuietHours(typed: string, context: z.RefinementCtx): void {
  try {
    parseQuietHours(typed);
  } catch (thrown) {
    if (!isDriftbellError(thrown)) throw thrown;
    context.addIssue({ code: 'custom', message: thrown.facts.expected });
  }
}

/** Keys are the words of the command line without their dashes in front. */
const FileModel = z.strictObject({
  slug: z
    .string()
    .regex(SLUG, 'small letters, digits, dashes and underscores, 2 to 63, beginning with a letter or digit'),
  source: z.string().min(1).max(2_000),
  format: z.enum(sourceFormats).optional(),
  'time-column': z.string().min(1),
  zone: z.string().refine(isZone, 'an IANA zone such as UTC or America/New_York').optional(),
  granularity: z.enum(granularities).optional(),
  'score-column': z.string().min(1).optional(),
  'label-column': z.string().min(1).optional(),
  'query-column': z.string().min(1).optional(),
  'segment-column': z.string().min(1).optional(),
  features: z.array(z.string().min(1)).min(1).optional(),
  kinds: z.record(z.string(), z.enum(columnKinds)).optional(),
  defaults: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  owners: z
    .array(z.string().regex(PERSON_OR_GROUP_ID, 'the id of a person (U…, W…) or of a user group (S…)'))
    .optional(),
  channel: z.string().refine(namesPlace, 'the id of a channel (C…, G…) or its name, such as "#model-health"'),
  group: z.string().min(1).optional(),
  importance: z.string().min(1).optional(),
  holidays: z.string().min(1).optional(),
  'quiet-hours': z.string().superRefine(checkQuietHours).optional(),
  lateness: z.number().int().min(0).max(20_160).optional(),
  filters: z.strictObject(filterKeys).optional(),
});
type FileModel = z.infer<typeof FileModel>;

const ModelsFile = z.strictObject({ models: z.array(z.unknown()) });

/**
 * Parses a file of models. Throws `usage.invalid` that names the file, the line, the key and the model of everything that
 * is wrong; nothing is looked at but the text.
 */
export function parseModelsFile(text: string, path: string): readonly Declared[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line } = lines.linePos(broken.pos[0]);
    // The parser's own line goes on with a picture of the place.
    throw wrong(`${path}:${line}`, 'YAML', broken.message.split('\n', 1)[0]?.replace(/:\s*$/, '') ?? 'something else');
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (value === null || value === undefined) throw declaresNone(path);
  const lineOf = (keys: readonly PropertyKey[]): number => {
    for (let length = keys.length; length >= 0; length -= 1) {
      const node = nodeAt(document.contents, keys.slice(0, length));
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const read = ModelsFile.safeParse(value);
  const at = { path, value, lineOf, knownKeys };
  if (!read.success)
    throw joined(
      path,
      unknownFirst(read.error.issues).flatMap((issue) => issueErrors(at, issue)),
    );
  const errors: DriftbellError[] = [];
  const declared: Declared[] = [];
  const seen = new Map<string, number>();
  for (const [index, raw] of read.data.models.entries()) {
    const keys = ['models', index];
    const parsed = FileModel.safeParse(raw);
    errors.push(...repeatedSlug(at, seen, keys));
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => ({ ...issue, path: [...keys, ...issue.path] }));
      errors.push(...withoutMistyped(at, issues).flatMap((issue) => issueErrors(at, issue)));
      continue;
    }
    try {
      const place = `${path}:${lineOf(keys)} ${nameOf(keys)}`;
      declared.push({ settings: settingsOf(parsed.data, place), filters: filtersOf(parsed.data), place });
    } catch (thrown) {
      if (!isDriftbellError(thrown)) throw thrown;
      errors.push(thrown);
    }
  }
  if (errors.length > 0) throw joined(path, errors);
  return declared;
}

/** The registry as such a file; parsing it gives the same models again. Pure. */
export function formatModelsFile(models: readonly Declared[]): string {
  const sorted = models.toSorted((a, b) => a.settings.slug.localeCompare(b.settings.slug));
  return stringify({ models: sorted.map(fileModel) }, { lineWidth: 0 });
}

/** A key of the file whose value differs; what is not there is null. */
export interface FileChange {
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** In which keys two models differ when they are written as such a file. Pure. */
export function fileChanges(before: Declared, after: Declared): readonly FileChange[] {
  const [was, is]: readonly Readonly<Record<string, unknown>>[] = [fileModel(before), fileModel(after)];
  return Object.keys(FileModel.shape)
    .map((key) => ({ key, before: was?.[key] ?? null, after: is?.[key] ?? null }))
    .filter((change) => inOrder(change.before) !== inOrder(change.after));
}

/** A value of the file on one line, as it may be written there. */
export function writtenValue(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

/** The order of keys says nothing, that of lists does. */
function inOrder(value: unknown): string {
  return stringify(value, { sortMapEntries: true });
}

function settingsOf(model: FileModel, place: string): ModelSettings {
  const { importance, lateness, format, 'quiet-hours': quiet } = model;
  try {
    return parseDeclaration({
      ...{ slug: model.slug, timeColumn: model['time-column'], zone: model.zone, granularity: model.granularity },
      source: { location: model.source, ...(format && { format }) },
      ...{ scoreColumn: model['score-column'], labelColumn: model['label-column'] },
      ...{ queryColumn: model['query-column'], segmentColumn: model['segment-column'] },
      ...{ features: model.features, declaredKinds: model.kinds, defaults: model.defaults },
      ...{ owners: model.owners, channel: model.channel, group: model.group, holidays: model.holidays },
      ...(importance && { importanceSource: { location: importance } }),
      latenessMinutes: lateness,
      ...(quiet === undefined ? {} : { quietHours: parseQuietHours(quiet) }),
    });
  } catch (thrown) {
    if (!(thrown instanceof DriftbellError)) throw thrown;
    throw wrong(`${place} (${model.slug})`, thrown.facts.expected, thrown.facts.received);
  }
}

function filtersOf({ filters = {} }: FileModel): FilterOverrides {
  const values: Readonly<Record<string, unknown>> = filters;
  return Object.fromEntries(
    filterSettingNames.flatMap((name) => {
      const value = values[settingFlag(name)];
      return typeof value === 'number' ? [[name, value]] : [];
    }),
  );
}

function fileModel({ settings, filters }: Declared): FileModel {
  const { source, importanceSource, latenessMinutes, quietHours } = settings;
  return withoutEmpty({
    ...{ slug: settings.slug, source: source.location, format: source.format, 'time-column': settings.timeColumn },
    ...{ zone: settings.zone, granularity: settings.granularity, 'score-column': settings.scoreColumn },
    ...{ 'label-column': settings.labelColumn, 'query-column': settings.queryColumn },
    ...{ 'segment-column': settings.segmentColumn, features: settings.features },
    ...{ kinds: settings.declaredKinds, defaults: settings.defaults, owners: settings.owners },
    ...{ channel: settings.channel, group: settings.group, importance: importanceSource?.location },
    ...{ holidays: settings.holidays, lateness: latenessMinutes },
    'quiet-hours': quietHours && formatQuietHours(quietHours),
    filters: Object.fromEntries(filterSettingNames.map((name) => [settingFlag(name), filters[name]])),
  }) as unknown as FileModel;
}

/** Without what is not there, and without empty lists and objects. */
function withoutEmpty(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      if (value === undefined) return [];
      if (typeof value !== 'object' || value === null) return [[key, value]];
      const inner = Array.isArray(value) ? value : withoutEmpty(value as Record<string, unknown>);
      return Object.keys(inner).length === 0 ? [] : [[key, inner]];
    }),
  );
}

function nodeAt(contents: unknown, keys: readonly PropertyKey[]): unknown {
  let node = contents;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isNode(item.key) && String(item.key) === String(key));
      // The key says the line even where its value begins below it.
      if (pair === undefined) return undefined;
      node = key === keys.at(-1) && !isMap(pair.value) && !isSeq(pair.value) ? pair.key : pair.value;
    } else if (isSeq(node)) node = node.items[Number(key)];
    else return undefined;
  }
  return node;
}

function knownKeys(path: readonly PropertyKey[]): string[] {
  if (path.length === 0) return Object.keys(ModelsFile.shape);
  return path.at(-1) === 'filters' ? Object.keys(filterKeys) : Object.keys(FileModel.shape);
}

function declaresNone(path: string): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: `in ${path} models below the key models`,
    received: 'a file that declares none',
    remedy: 'write them as `driftbell export` prints them; nothing was changed',
  });
}

/** Another key in the place of `models` says more than that there are none. */
function unknownFirst(issues: readonly FileIssue[]): readonly FileIssue[] {
  const unknown = issues.filter(({ code }) => code === 'unrecognized_keys');
  return unknown.length > 0 ? unknown : issues;
}

function joined(path: string, errors: readonly DriftbellError[]): DriftbellError {
  return (
    joinErrors(errors, { whole: `a file ${path}`, remedy: 'correct these lines; nothing was changed' }) ??
    declaresNone(path)
  );
}

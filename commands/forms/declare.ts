import { explainIssue } from '../../src/domain/explain-issue.ts';
import { type Model, type ModelSettings, settingsOf } from '../../src/domain/model.ts';
import { nearest } from '../../src/domain/nearest.ts';
import type { FieldErrors, FormField, ModelFormValues } from '../../src/messages/form.ts';
import { ModelDeclaration, parseDeclaration } from '../../src/registry/index.ts';

/** First word of a declaration's path -> the field of the form that holds it. */
const FIELD_OF: Readonly<Record<string, FormField>> = {
  slug: 'slug',
  owners: 'owners',
  channel: 'channel',
  source: 'location',
  timeColumn: 'timeColumn',
  scoreColumn: 'scoreColumn',
  zone: 'zone',
  granularity: 'granularity',
};

export type Declared =
  | { readonly isValid: true; readonly settings: ModelSettings }
  | { readonly isValid: false; readonly errors: FieldErrors };

/** From what stands in the form to a declaration, or to what is wrong at which field. `before`: the model it edits. */
export function declare(values: ModelFormValues, before: Model | undefined): Declared {
  const declaration = declarationOf(values, before);
  const parsed = ModelDeclaration.safeParse(declaration);
  if (parsed.success) return { isValid: true, settings: parseDeclaration(declaration) };
  const errors: Partial<Record<FormField, string>> = {};
  for (const issue of parsed.error.issues) {
    const field = FIELD_OF[String(issue.path[0])] ?? 'location';
    errors[field] ??= field === 'zone' ? zoneError(values.zone) : `Expected ${explainIssue(issue)}.`;
  }
  return { isValid: false, errors };
}

function declarationOf(values: ModelFormValues, before: Model | undefined): Record<string, unknown> {
  const { scoreColumn: _score, ...others }: Partial<ModelSettings> = before === undefined ? {} : settingsOf(before);
  const location = values.location.trim();
  const format = before?.source.location === location ? before.source.format : undefined;
  const scoreColumn = values.scoreColumn.trim();
  return {
    ...others,
    slug: values.slug.trim(),
    owners: values.owners,
    channel: values.channel,
    source: { location, ...(format === undefined ? {} : { format }) },
    timeColumn: values.timeColumn.trim(),
    zone: values.zone.trim() || 'UTC',
    granularity: values.granularity || 'day',
    ...(scoreColumn === '' ? {} : { scoreColumn }),
  };
}

function zoneError(typed: string): string {
  const close = nearest(typed.split('/').at(-1) ?? typed, cities());
  const zone = close === undefined ? undefined : Intl.supportedValuesOf('timeZone').find((id) => id.endsWith(close));
  const hint = zone === undefined ? '' : ` Did you mean ${zone}?`;
  return `Expected an IANA zone such as UTC or America/New_York.${hint}`;
}

/** `New_York` of `America/New_York`: the part that people know. */
function cities(): string[] {
  return Intl.supportedValuesOf('timeZone').map((id) => id.split('/').at(-1) ?? id);
}

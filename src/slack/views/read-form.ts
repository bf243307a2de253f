import { z } from 'zod';
import type { FormSubject, ModelFormValues } from '../../messages/form.ts';
import { fieldBlockId, INPUT_ACTION, parseColumnBlockId } from '../ids.ts';
import { type Inputs, parsePayload, type ViewSubmission } from '../payloads.ts';

const Edited = z.object({
  kind: z.literal('edit'),
  modelId: z.number().int().positive(),
  revision: z.number().int().positive(),
  slug: z.string(),
});
const Subject = z.discriminatedUnion('kind', [z.object({ kind: z.literal('register') }), Edited]);
const Metadata = z.object({ draftId: z.number().int().positive() });

type EditSubject = Extract<FormSubject, { readonly kind: 'edit' }>;
type View = ViewSubmission['view'];

/** Which model the form is about. What comes back from Slack is input like any other. */
export function readSubject({ private_metadata: metadata }: Pick<View, 'private_metadata'>): FormSubject {
  return parsePayload(Subject, readJson(metadata));
}

/** Of a dialog that is about a registered model. */
export function readEditSubject({ private_metadata: metadata }: Pick<View, 'private_metadata'>): EditSubject {
  return parsePayload(Edited, readJson(metadata));
}

export function readDraftId({ private_metadata: metadata }: Pick<View, 'private_metadata'>): number {
  return parsePayload(Metadata, readJson(metadata)).draftId;
}

/** The texts of the form; a field that is missing is an empty one, which the declaration's own rules judge. */
export function readModelForm({ state }: View, { kind, ...subject }: FormSubject): ModelFormValues {
  const at = (field: keyof ModelFormValues) => state.values[fieldBlockId(field)]?.[INPUT_ACTION];
  const textAt = (field: keyof ModelFormValues): string => at(field)?.value ?? '';
  return {
    slug: kind === 'edit' && 'slug' in subject ? String(subject.slug) : textAt('slug'),
    owners: at('owners')?.selected_users ?? [],
    channel: at('channel')?.selected_conversation ?? '',
    location: textAt('location'),
    timeColumn: textAt('timeColumn'),
    scoreColumn: textAt('scoreColumn'),
    zone: textAt('zone'),
    granularity: at('granularity')?.selected_option?.value ?? '',
  };
}

/** What was chosen for each column that was shown, by its place. */
export function readChoices(inputs: Inputs): ReadonlyMap<number, string> {
  const choices = new Map<number, string>();
  for (const [blockId, elements] of Object.entries(inputs)) {
    const place = parseColumnBlockId(blockId);
    const chosen = elements[INPUT_ACTION]?.selected_option?.value;
    if (place !== undefined && chosen !== undefined) choices.set(place, chosen);
  }
  return choices;
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { DriftbellError } from '../domain/errors.ts';
import { feedbackActions } from '../domain/feedback-action.ts';
import type { FindingId, MarkId, ModelId, MuteId, ReportId } from '../domain/identifiers.ts';
import { modelActions } from '../domain/model-action.ts';
import { type MuteDuration, muteDurations, reportActions } from '../domain/report-action.ts';
import { type Verdict, type VoteReason, verdicts, voteReasons } from '../domain/vote.ts';

/** Every action id that Driftbell answers to: those of the domain, and the two that plain feedback buttons need. */
export const actionIds = {
  ...reportActions,
  ...modelActions,
  ...feedbackActions,
  voteReal: 'vote.real',
  voteNotUseful: 'vote.not_useful',
} as const;

/** Callback ids of dialogs, in the form `form.step`. */
export const viewIds = {
  modelForm: 'form.model',
  foundTable: 'form.found',
  quietHours: 'form.quiet_hours',
  digest: 'form.digest',
  importFile: 'form.import',
  importFound: 'form.import_found',
  plain: 'form.done',
} as const;

/** What turns the pages of what was found: the value is the page, from 0. */
export const columnActions = {
  earlier: 'form.columns.earlier',
  next: 'form.columns.next',
  jump: 'form.columns.jump',
} as const;

/** The one element of an input block; the block says which field it is. */
export const INPUT_ACTION = 'input.value';

/** A field may get a new block id, so that a dialog that is shown anew takes the new values. */
export function fieldBlockId(field: string): string {
  return `field:${field}`;
}

/** `column:3`: the third column of what was found; names may be longer than an id may be. */
export function columnBlockId(place: number): string {
  return `column:${place}`;
}

/** The place of a column's block; undefined for any other block. */
export function parseColumnBlockId(blockId: string): number | undefined {
  const place = /^column:(0|[1-9]\d{0,5})$/.exec(blockId)?.[1];
  return place === undefined ? undefined : Number(place);
}

export type ActionId = (typeof actionIds)[keyof typeof actionIds];

/** Where feedback buttons are not to be had: two plain buttons, whose ids must differ within their block. */
export function feedbackButtonIds(action: string): { readonly positive: string; readonly negative: string } {
  if (action === actionIds.findingVote) {
    return { positive: actionIds.findingReal, negative: actionIds.findingNotUseful };
  }
  return action === actionIds.vote
    ? { positive: actionIds.voteReal, negative: actionIds.voteNotUseful }
    : { positive: `${action}.positive`, negative: `${action}.negative` };
}

export function encodeReport(reportId: ReportId): string {
  return String(reportId);
}

export function parseReport(value: string): ReportId {
  return rowId(value, value) as ReportId;
}

/**
 * A report, or one finding of it, and the last mark that is undone: `12::56` or `12:34:56`. Buttons of before have no mark, or
 * neither: `12:34`, `12`.
 */
export function parseUndo(value: string): Undone {
  const [report = '', finding = '', mark, ...rest] = value.split(':');
  if (rest.length > 0 || value === `${report}:`) throw unreadable(value);
  return {
    reportId: rowId(report, value) as ReportId,
    ...(finding !== '' && { findingId: rowId(finding, value) as FindingId }),
    ...(mark !== undefined && { lastMark: rowId(mark, value) as MarkId }),
  };
}

interface Undone {
  readonly reportId: ReportId;
  readonly findingId?: FindingId;
  readonly lastMark?: MarkId;
}

export function parseModel(value: string): ModelId {
  return rowId(value, value) as ModelId;
}

export function parseMuteRow(value: string): MuteId {
  return rowId(value, value) as MuteId;
}

/** A thumb, a reason or a duration before the report that it is about: `real:12`. */
export function encodeChoice(choice: Verdict | VoteReason | MuteDuration, reportId: ReportId): string {
  return `${choice}:${reportId}`;
}

export function parseVerdict(value: string): { readonly verdict: Verdict; readonly reportId: ReportId } {
  const { choice, reportId } = parseChoice(value, verdicts);
  return { verdict: choice, reportId };
}

export function parseReason(value: string): { readonly reason: VoteReason; readonly reportId: ReportId } {
  const { choice, reportId } = parseChoice(value, voteReasons);
  return { reason: choice, reportId };
}

/** The same before a finding: `real:34`. */
export function parseFindingVerdict(value: string): { readonly verdict: Verdict; readonly findingId: FindingId } {
  const { choice, id } = parseRowChoice(value, verdicts);
  return { verdict: choice, findingId: id as FindingId };
}

export function parseFindingReason(value: string): { readonly reason: VoteReason; readonly findingId: FindingId } {
  const { choice, id } = parseRowChoice(value, voteReasons);
  return { reason: choice, findingId: id as FindingId };
}

export function parseMute(value: string): { readonly duration: MuteDuration; readonly reportId: ReportId } {
  const { choice, reportId } = parseChoice(value, muteDurations);
  return { duration: choice, reportId };
}

function parseChoice<Choice extends string>(value: string, choices: readonly Choice[]) {
  const { choice, id } = parseRowChoice(value, choices);
  return { choice, reportId: id as ReportId };
}

function parseRowChoice<Choice extends string>(value: string, choices: readonly Choice[]) {
  const [word = '', id = '', ...rest] = value.split(':');
  const choice = choices.find((candidate) => candidate === word);
  if (choice === undefined || rest.length > 0) throw unreadable(value);
  return { choice, id: rowId(id, value) };
}

/** Ids of rows are positive integers; fifteen digits stay exact in a double. */
function rowId(digits: string, value: string): number {
  if (!/^[1-9]\d{0,14}$/.test(digits)) throw unreadable(value);
  return Number(digits);
}

function unreadable(value: string): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: 'a button or menu of this version of Driftbell',
    received: `one that says ${JSON.stringify(value.slice(0, 60))}`,
    remedy: 'use the newest message about the model',
  });
}

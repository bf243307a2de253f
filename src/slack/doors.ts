import type { FindingId, MarkId, ModelId, MuteId, ReportId, UserId } from '../domain/identifiers.ts';
import type { MuteDuration } from '../domain/report-action.ts';
import type { Verdict, VoteReason } from '../domain/vote.ts';
import type {
  DigestErrors,
  DigestForm,
  DigestValues,
  FieldErrors,
  FormSubject,
  FoundTable,
  ModelForm,
  ModelFormValues,
  QuietHoursErrors,
  QuietHoursForm,
  QuietHoursValues,
} from '../messages/form.ts';
import type { Message } from '../messages/message.ts';

/** What a person typed after `/drift`, or after the bot's name in a channel. */
export interface CommandInput {
  readonly text: string;
  readonly user: UserId;
  readonly channel: string;
  readonly teamId: string;
  /** Opens a modal within 3 s; absent for a mention. */
  readonly triggerId?: string;
  /** Opens the dialog of a new model, or of the one that is named. */
  readonly openForm?: (form: { readonly slug?: string }) => Promise<void>;
  /** Opens the dialog that takes a file of models. */
  readonly openImport?: () => Promise<void>;
  /** The message in whose thread it was typed. */
  readonly threadTs?: string;
  /** Shows a message where the answer will be, until the answer takes its place. */
  readonly meanwhile: (answer: CommandAnswer) => Promise<void>;
}

export interface CommandAnswer {
  readonly message: Message;
  readonly visibility: 'ephemeral' | 'in_channel';
}

export interface CommandDoor {
  run(input: CommandInput): Promise<CommandAnswer>;
}

interface ReportPress {
  readonly reportId: ReportId;
  readonly user: UserId;
}

interface FindingPress {
  readonly findingId: FindingId;
  readonly user: UserId;
}

/**
 * One verb per button. Each may answer with a message that only the person sees; the report itself is sent anew by
 * the outbox. Throws `report.unknown` for a report that is no more, and `report.conflict` when somebody was faster.
 */
export interface ActionDoors {
  vote(press: ReportPress & { readonly verdict: Verdict }): Promise<Message | undefined>;
  voteReason(press: ReportPress & { readonly reason: VoteReason }): Promise<Message | undefined>;
  acknowledge(press: ReportPress): Promise<Message | undefined>;
  mute(press: ReportPress & { readonly duration: MuteDuration }): Promise<Message | undefined>;
  /** Ends the mute of the model that the report is about. */
  unmute(press: ReportPress): Promise<Message | undefined>;
  /** Every finding of the report. */
  findings(press: ReportPress): Promise<Message | undefined>;
  /** How the report came about: causes, what filters left out, what is not known. */
  details(press: ReportPress): Promise<Message | undefined>;
  findingVote(press: FindingPress & { readonly verdict: Verdict }): Promise<Message | undefined>;
  findingReason(press: FindingPress & { readonly reason: VoteReason }): Promise<Message | undefined>;
  /** Undoes what votes of the person on the report did at once. */
  /** Without a finding: of the whole report; `lastMark`: nothing that was said later. */
  undoVote(press: ReportPress & Partial<FindingPress> & { readonly lastMark?: MarkId }): Promise<Message | undefined>;
  /** What stays as it is in the report is right. */
  newNormal(press: ReportPress): Promise<Message | undefined>;
  /** Takes an acknowledgement back. */
  unacknowledge(press: ReportPress): Promise<Message | undefined>;
  /** The report that a message shows; undefined for any other message. */
  reportAt(message: { readonly channel: string; readonly ts: string }): ReportId | undefined;
  retire(press: { readonly modelId: ModelId; readonly user: UserId }): Promise<Message | undefined>;
  endMute(press: { readonly muteId: MuteId; readonly user: UserId }): Promise<Message | undefined>;
}

/** What a person sees in the bot's home tab. */
export interface HomeDoor {
  view(input: { readonly user: UserId; readonly page: number; readonly notice?: string }): Promise<{
    readonly message: Message;
    /** The same with a picture, which takes longer; absent where there is nothing to draw. */
    readonly withPicture?: () => Promise<Message>;
  }>;
}

/** The verbs behind the dialogs of a model. All throw coded errors, `access.denied` among them. */
export interface FormDoor {
  begin(input: { readonly user: UserId; readonly channel: string; readonly slug?: string }): Promise<ModelForm>;
  /** What is wrong at which field, or what the source holds. */
  check(input: {
    readonly user: UserId;
    readonly subject: FormSubject;
    readonly values: ModelFormValues;
  }): Promise<
    { readonly isFine: false; readonly errors: FieldErrors } | { readonly isFine: true; readonly found: FoundTable }
  >;
  /** The table with what the newest weeks would have been like; undefined for a dialog that is gone. */
  preview(
    input: { readonly user: UserId; readonly draftId: number },
    signal: AbortSignal,
  ): Promise<FoundTable | undefined>;
  /** Another page of the columns. */
  turn(input: {
    readonly user: UserId;
    readonly draftId: number;
    readonly page: number;
    readonly choices: ReadonlyMap<number, string>;
  }): Promise<FoundTable>;
  confirm(input: {
    readonly user: UserId;
    readonly draftId: number;
    readonly choices: ReadonlyMap<number, string>;
  }): Promise<Message>;
  beginQuietHours(input: { readonly user: UserId; readonly modelId: ModelId }): Promise<QuietHoursForm>;
  saveQuietHours(input: {
    readonly user: UserId;
    readonly subject: QuietHoursForm['subject'];
    readonly values: QuietHoursValues;
  }): Promise<
    { readonly isFine: false; readonly errors: QuietHoursErrors } | { readonly isFine: true; readonly message: Message }
  >;
  beginImport(input: { readonly user: UserId }): Promise<void>;
  /** What is wrong with a file of models or, by its sources, with models of it, or what it would change; without a draft there is nothing to confirm. */
  checkImport(input: {
    readonly user: UserId;
    readonly text: string;
  }): Promise<
    | { readonly isFine: false; readonly error: string }
    | { readonly isFine: false; readonly refused: Message }
    | { readonly isFine: true; readonly found: Message; readonly draftId?: number }
  >;
  confirmImport(input: { readonly user: UserId; readonly draftId: number }): Promise<Message>;
  beginDigest(input: { readonly user: UserId; readonly channel: string }): Promise<DigestForm>;
  saveDigest(input: {
    readonly user: UserId;
    readonly subject: DigestForm['subject'];
    readonly values: DigestValues;
  }): Promise<
    { readonly isFine: false; readonly errors: DigestErrors } | { readonly isFine: true; readonly message: Message }
  >;
}

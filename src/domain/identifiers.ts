declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

export type ModelId = Branded<number, 'model'>;
export type ColumnId = Branded<number, 'column'>;
export type ReportId = Branded<number, 'report'>;
export type FindingId = Branded<number, 'finding'>;
export type DetectorId = Branded<number, 'detector'>;
export type RunId = Branded<number, 'run'>;
export type MuteId = Branded<number, 'mute'>;
export type MarkId = Branded<number, 'mark'>;
export type LabelId = Branded<number, 'label'>;
export type CorrectionId = Branded<number, 'correction'>;

/** A person of the chat: a Slack user id such as `U024BE7LH`, `system` for Driftbell itself, or `command line`. */
export type UserId = Branded<string, 'user'>;

/** An instant: milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = number;

export const SYSTEM_USER = 'system' as UserId;

/** Who did it in a shell, which knows no user of the chat. */
export const COMMAND_LINE = 'command line' as UserId;

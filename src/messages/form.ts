/** Forms as data: what is asked and what was found. How a chat draws them is its own business. */

/** What the form of a model asks, by the names of the declaration; the texts as a person typed or picked them. */
export interface ModelFormValues {
  readonly slug: string;
  readonly owners: readonly string[];
  readonly channel: string;
  readonly location: string;
  readonly timeColumn: string;
  readonly scoreColumn: string;
  readonly zone: string;
  readonly granularity: string;
}

export type FormField = keyof ModelFormValues;
export type FieldErrors = Readonly<Partial<Record<FormField, string>>>;

/** Which model a form is about: a new one, or one as it was at a revision. */
export type FormSubject =
  | { readonly kind: 'register' }
  | { readonly kind: 'edit'; readonly modelId: number; readonly revision: number; readonly slug: string };

export interface ModelForm {
  readonly subject: FormSubject;
  readonly values: Partial<ModelFormValues>;
  /** What was wrong with the values, where it could not be said at the field in time. */
  readonly errors?: FieldErrors;
}

/** What the dialog of a model's quiet hours shows and gives back; empty texts: no nightly hours. */
export interface QuietHoursValues {
  readonly from: string;
  readonly to: string;
  readonly weekends: boolean;
  readonly unless: string;
}

export interface QuietHoursForm {
  readonly subject: Extract<FormSubject, { readonly kind: 'edit' }>;
  readonly zone: string;
  readonly values: QuietHoursValues;
}

export type QuietHoursErrors = Readonly<Partial<Record<'from' | 'to', string>>>;

/** What the dialog of a channel's weekly digest shows and gives back, as texts. */
export interface DigestValues {
  readonly isOn: boolean;
  /** `1` is Monday, `7` Sunday. */
  readonly weekday: string;
  readonly at: string;
  readonly to: string;
}

export interface DigestForm {
  /** The channel of the models, and the revision of its plan; 0: there is none yet. */
  readonly subject: { readonly channel: string; readonly revision: number };
  readonly zone: string;
  readonly values: DigestValues;
}

export type DigestErrors = Readonly<Partial<Record<'weekday' | 'at' | 'to', string>>>;

/** What a column may be taken for; `left_out`: not watched. */
export const columnChoices = ['numeric', 'categorical', 'boolean', 'embedding', 'left_out'] as const;
export type ColumnChoice = (typeof columnChoices)[number];

export interface FoundColumn {
  readonly name: string;
  readonly choice: ColumnChoice;
  /** `a feature of type DOUBLE`, `looks like an identifier`. */
  readonly why: string;
  /** The score and other columns with a role cannot be left out. */
  readonly isNeeded: boolean;
}

/** Columns that get a menu of their own at a time: a dialog holds a hundred blocks. */
export const COLUMNS_PER_PAGE = 40;

/** What a source holds, shown before anything is saved. */
export interface FoundTable {
  readonly draftId: number;
  readonly subject: FormSubject;
  readonly slug: string;
  readonly rows: number;
  /** `1 Jan 2001 to 30 Jun 2001 (America/New_York)`. */
  readonly range: string;
  readonly columns: readonly FoundColumn[];
  /** Which of the pages of columns is shown, from 0. */
  readonly page: number;
  /** Sentences on what a person should know before saying yes. */
  readonly remarks: readonly string[];
  /** An edit that changes the table forgets the history so far. */
  readonly consequence?: string;
  readonly preview: TablePreview;
}

export type TablePreview =
  | { readonly state: 'pending' }
  /** It took too long, or failed; the reason is a sentence. */
  | { readonly state: 'unknown'; readonly reason: string }
  | {
      readonly state: 'known';
      /** `age: mean 41.2, coverage 99 %` of the newest window with rows. */
      readonly newest: readonly string[];
      readonly newestWindow: string;
      /** Reports that would have been opened. */
      readonly reports: number;
      readonly days: number;
      readonly windows: number;
      /** Of them those with enough history before them to be judged. */
      readonly judgedWindows: number;
      /** A sentence on the newest of them. */
      readonly latest?: string;
      readonly chart?: { readonly fileId: string; readonly altText: string };
    };

import type { ColumnKind } from './column.ts';
import type { AlertBudget, FilterOverrides } from './filter-settings.ts';
import type { EpochMs, ModelId, UserId } from './identifiers.ts';
import type { QuietHours } from './quiet-hours.ts';

export const granularities = ['day', 'hour'] as const;
export type Granularity = (typeof granularities)[number];

export const windowsPerDay: Readonly<Record<Granularity, number>> = { day: 1, hour: 24 };

export const sourceFormats = ['parquet', 'csv', 'jsonl'] as const;
export type SourceFormat = (typeof sourceFormats)[number];

/** Where scored requests lie: a file, a folder or a glob that DuckDB can read. */
export interface Source {
  readonly location: string;
  /** Told by the file ending when absent. */
  readonly format?: SourceFormat;
}

/** What the owner declares about the table of scored requests. */
export interface TableDescription {
  readonly source: Source;
  readonly timeColumn: string;
  /** IANA zone in which windows are cut, such as `America/New_York`. */
  readonly zone: string;
  readonly granularity: Granularity;
  readonly scoreColumn?: string;
  /** Observed outcome; may arrive after the score. */
  readonly labelColumn?: string;
  /** Requests of one query are ranked against each other: NDCG needs it. */
  readonly queryColumn?: string;
  readonly segmentColumn?: string;
  /** Watched features. Absent: every column that is not left out. */
  readonly features?: readonly string[];
  readonly declaredKinds: Readonly<Record<string, ColumnKind>>;
  readonly defaults: Readonly<Record<string, string | number | boolean>>;
}

export interface ModelSettings extends TableDescription {
  readonly slug: string;
  readonly owners: readonly UserId[];
  /** Chat channel (id or name) that gets the reports. */
  readonly channel: string;
  /** Models behind one product; the traffic ratio is the share within it. */
  readonly group?: string;
  /** Minutes after a window's end when its rows are expected to have landed. */
  readonly latenessMinutes: number;
  /** Table with a row per feature: its name and how much it matters. */
  readonly importanceSource?: Source;
  /** Whose public holidays are declared as events: `US`, `DE-BY`. */
  readonly holidays?: string;
  /** When its reports wait, in its zone. Absent: never. */
  readonly quietHours?: QuietHours;
}

/** What is watched. */
export interface Model extends ModelSettings {
  readonly id: ModelId;
  /** Grows with every edit, so that two people who edit at once cannot undo each other unseen. */
  readonly revision: number;
  readonly registeredAt: EpochMs;
  readonly registeredBy: UserId;
  readonly retiredAt?: EpochMs;
  /** Numbers of the filters that the owner has set; the others are the detector's. */
  readonly filters?: FilterOverrides;
  readonly budget?: AlertBudget;
}

/** What the owner declared of a model, without what came to be known of it since. */
export function settingsOf(model: Model): ModelSettings {
  const { id: _id, revision: _revision, registeredAt: _at, registeredBy: _by, retiredAt: _retired, ...others } = model;
  const { filters: _filters, budget: _budget, ...settings } = others;
  return settings;
}

/** `expected`: the numbers will move and nobody is to be told, such as in a campaign or a backfill. */
export const eventKinds = ['deploy', 'expected', 'holiday', 'injected', 'note'] as const;
export type EventKind = (typeof eventKinds)[number];

/** Something that people know happened: a deploy, a holiday, a fault injected on purpose. Half-open in time. */
export interface DeclaredEvent {
  readonly modelId: ModelId;
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
  readonly kind: EventKind;
  readonly text: string;
}

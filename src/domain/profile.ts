import type { Column, ColumnKind, ColumnRole } from './column.ts';
import type { EpochMs } from './identifiers.ts';
import type { Granularity, Source } from './model.ts';
import type { ColumnProblem } from './statistic.ts';
import type { Window } from './window.ts';

/** Ways in which a text is written. */
export const likenesses = ['number', 'fraction', 'comma', 'date', 'truth', 'leading_zero', 'uuid', 'nested'] as const;
export type Likeness = (typeof likenesses)[number];

/** A column as the source has it, with what is needed to tell its kind. */
export interface SourceColumn {
  readonly name: string;
  /** The engine's own type name, such as `DOUBLE`, `VARCHAR`, `FLOAT[]`. */
  readonly type: string;
  /** Approximate number of distinct values in the sample; null where it cannot be counted. */
  readonly distinctInSample: number | null;
  readonly rowsInSample: number;
  /** Mean length of the text values in the sample; null for other types. */
  readonly meanTextLength: number | null;
  /** Values of the sample that are neither null nor blank; absent where they cannot be counted. */
  readonly presentInSample?: number;
  /** Smallest and largest number of the sample; absent for other types. */
  readonly numbersInSample?: { readonly minimum: number; readonly maximum: number; readonly areWhole: boolean };
  /** How many of the present texts look like a number, a date ...; absent for other types. */
  readonly looksInSample?: Readonly<Record<Likeness, number>>;
  /** The column is in the paths of the files, as in `dt=2026-03-01`, not in the files. */
  readonly isPartition?: true;
  /** Why the column could not be looked at; the others could. */
  readonly problem?: string;
}

/** A column as the source has it now. */
export interface TypedColumn extends Pick<SourceColumn, 'name' | 'type'> {
  /** The type is told from a sample or from paths: another one is no change of the column. */
  readonly isTypeGuessed?: boolean;
}

export interface SourceDescription {
  readonly columns: readonly SourceColumn[];
  readonly rows: number;
}

/** What is to be computed; the same plan compiles to any engine's SQL. */
export interface ProfilePlan {
  readonly source: Source;
  readonly timeColumn: string;
  readonly zone: string;
  readonly granularity: Granularity;
  readonly segmentColumn?: string;
  readonly labelColumn?: string;
  readonly queryColumn?: string;
  /** Features and score, without traffic: traffic comes with every profile. */
  readonly columns: readonly (Column & { readonly kind: ColumnKind })[];
  /** How many of the largest categories get a share of their own. */
  readonly topCategories: number;
  /** Categories that get a share, by column. Absent: the largest of the whole request. */
  readonly referenceCategories?: Readonly<Record<string, readonly string[]>>;
}

/** How the values of a column are cut into bins; fixed by a reference, so that windows can be compared with it. */
export type Bins =
  | {
      readonly kind: 'numeric';
      /** Ascending; a bin holds what is above its left edge and not above its right one. Empty: no value to cut by. */
      readonly edges: readonly number[];
      /** Has a bin of its own. */
      readonly defaultValue: number;
    }
  | {
      readonly kind: 'categorical';
      /** Those with a bin and a share of their own, the largest first. */
      readonly categories: readonly string[];
      /** Those and smaller ones that share a bin; all others are unseen. */
      readonly known: readonly string[];
    }
  | { readonly kind: 'boolean' }
  | {
      readonly kind: 'embedding';
      /** What a vector has to have; null where there was none. */
      readonly length: number | null;
    };

/** A column over all windows of a reference taken together. */
export interface ReferenceProfile {
  readonly bins: Bins;
  readonly aggregate: ColumnAggregate;
}

/** A healthy period that the windows from `appliesFromMs` on are compared with, until the next one. */
export interface Reference {
  /** 1 for a model's first. */
  readonly version: number;
  readonly builtAt: EpochMs;
  readonly appliesFromMs: EpochMs;
  /** Windows that were asked for when it was built. */
  readonly windows: number;
}

/** A column as it was in a reference. */
export interface ReferenceColumn {
  readonly column: string;
  readonly bins: Bins;
  /** Rows by bin, in the order of the windows' histograms. */
  readonly counts: readonly number[];
  /** Of the finite values, the default included. */
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/** Raw counts and moments of one column in one segment and window, before they become statistics. */
export interface ColumnAggregate {
  readonly window: Window;
  readonly segment: string;
  readonly column: string;
  readonly role: ColumnRole;
  readonly kind?: ColumnKind;
  readonly rows: number;
  readonly missing: number;
  readonly nonFinite: number;
  readonly defaults: number;
  /**
   * Population moments and quantiles of the finite values, without those of a declared default; null where there are none.
   */
  readonly mean: number | null;
  /** With those of the declared default; absent where none is declared. */
  readonly finiteMean?: number | null;
  readonly standardDeviation: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** q01 q05 q25 q50 q75 q95 q99, or null. */
  readonly quantiles: readonly (number | null)[] | null;
  readonly distinct: number | null;
  /** Largest categories by rows, the largest first. */
  readonly categories: readonly { readonly value: string; readonly rows: number }[] | null;
  /**
   * Finite values other than the default by bin: up to the first edge, between edges, beyond the last. Null: no bins, or
   * no numeric column.
   */
  readonly bins: readonly number[] | null;
  /** Rows of categories that the bins do not know; null without bins. */
  readonly unseen: number | null;
  /** Of embeddings, over the vectors that are finite throughout; null for other kinds. */
  readonly vectors: VectorAggregate | null;
  /** Null without a label column. */
  readonly observed: ObservedAggregate | null;
  readonly problems: readonly ColumnProblem[];
}

/** Labels and scores over the rows that have both. */
export interface ObservedAggregate {
  readonly rows: number;
  /** Sum of the labels; null beyond what a number can hold. */
  readonly labels: number | null;
  /** Sum of the scores; null beyond what a number can hold. */
  readonly scores: number | null;
  /** Sum of (score - label) squared. */
  readonly squaredErrors: number | null;
  /** Rows whose label is neither 0 nor 1. */
  readonly otherLabels: number;
  /** Rows whose score is no probability: below 0 or above 1. */
  readonly otherScores: number;
  /** Share of pairs of a label 1 and a label 0 whose scores are in that order, ties half; null with one label only. */
  readonly auc: number | null;
  /** Mean NDCG@10 over the queries that have a label above 0; null without a query column or such a query. */
  readonly ndcgAt10: number | null;
}

export interface VectorAggregate {
  /** Null without a usable vector, or where it overflows. */
  readonly meanNorm: number | null;
  /** Rows whose vector has another length than that of the bins, or without bins than most. */
  readonly wrongLength: number;
  /** By place from 0. */
  readonly dimensionMeans: Readonly<Record<string, number | null>>;
}

export interface TimeRange {
  readonly firstMs: EpochMs;
  readonly lastMs: EpochMs;
  /** What the numbers of a time column are taken for: `seconds since 1970`. Absent where it holds none. */
  readonly readAs?: string;
  /** Rows whose time is null or cannot be read: they are in no window. Absent: none. */
  readonly unplacedRows?: number;
  /** Rows later than the end that was asked for: they are in no window, and not in the span. Absent: none. */
  readonly future?: FutureRows;
}

export interface FutureRows {
  readonly rows: number;
  /** The latest of them. */
  readonly lastMs: EpochMs;
  /** Later rows are these. */
  readonly afterMs: EpochMs;
}

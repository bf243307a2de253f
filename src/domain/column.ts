export const columnKinds = ['numeric', 'categorical', 'boolean', 'embedding'] as const;
export type ColumnKind = (typeof columnKinds)[number];

/** `traffic` is the pseudo column of the whole segment: its rows. Its name is `*`. */
export const columnRoles = ['feature', 'score', 'traffic'] as const;
export type ColumnRole = (typeof columnRoles)[number];

export const TRAFFIC_COLUMN = '*';

export interface Column {
  readonly name: string;
  readonly role: ColumnRole;
  /** Absent for traffic, which is no column of the source. */
  readonly kind?: ColumnKind;
  /** Value that stands for "not filled in"; counted by the default rate. Absent: 0 for numeric, '' for categorical. */
  readonly defaultValue?: string | number | boolean;
  /** The source's type name when it was registered. */
  readonly type?: string;
  /** Share 0..1 of what all features together are worth to the model; absent: not told. */
  readonly importance?: number;
}

/** A column that is not watched, and why: an identifier, free text, a time ... */
export interface LeftOutColumn {
  readonly name: string;
  readonly type: string;
  readonly reason: string;
}

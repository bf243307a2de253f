/**
 * What a picture shows, as numbers by category: for a chat that draws charts by itself when there is no picture. Every
 * series has one number for each category.
 */
export interface ChartTable {
  readonly title: string;
  readonly look: 'line' | 'bar';
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** Of the values, as the axis says it: `miles`, `%`; empty when unknown. */
  readonly unit: string;
}

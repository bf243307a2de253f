import { z } from 'zod';
import { limits } from './limits.ts';
import { BlockId } from './objects.ts';
import { RichText } from './rich-text.ts';

const RawText = z.strictObject({ type: z.literal('raw_text'), text: z.string() });
const RawNumber = z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().optional() });
const Cell = z.discriminatedUnion('type', [RawText, RawNumber, RichText]);
const Row = z.array(Cell).min(1).max(limits.tableCells);
const ColumnSettings = z
  .strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() })
  .nullable();

export const Table = z.strictObject({
  type: z.literal('table'),
  block_id: BlockId,
  column_settings: z.array(ColumnSettings).max(limits.tableCells).optional(),
  rows: z.array(Row).min(1).max(limits.tableRows),
});

export const DataTable = z
  .strictObject({
    type: z.literal('data_table'),
    block_id: BlockId,
    caption: z.string().min(1),
    rows: z.array(Row).min(2).max(limits.dataTableRows),
    page_size: z.int().min(1).max(limits.dataTablePage).optional(),
    row_header_column_index: z.int().min(0).max(limits.tableCells).optional(),
  })
  .refine(({ rows: [head] }) => head?.every((cell) => cell.type !== 'rich_text'), 'header cells must not be rich_text');

const chartLabel = z.string().min(1).max(limits.chartLabel);
const axisTitle = z.string().min(1).max(limits.chartTitle).optional();

const SeriesChart = z
  .strictObject({
    type: z.enum(['line', 'bar', 'area']),
    series: z
      .array(
        z.strictObject({
          name: chartLabel,
          data: z
            .array(z.strictObject({ label: chartLabel, value: z.number() }))
            .min(1)
            .max(limits.chartCategories),
        }),
      )
      .min(1)
      .max(limits.chartSeries),
    axis_config: z.strictObject({
      categories: z.array(chartLabel).min(1).max(limits.chartCategories),
      x_label: axisTitle,
      y_label: axisTitle,
    }),
  })
  .refine(({ series }) => isUnique(series.map((one) => one.name)), 'series names must be unique')
  .refine(
    ({ series, axis_config: { categories } }) =>
      series.every((one) =>
        isSame(
          one.data.map((point) => point.label),
          categories,
        ),
      ),
    'each series must have exactly one point per category',
  );

const PieChart = z
  .strictObject({
    type: z.literal('pie'),
    segments: z
      .array(z.strictObject({ label: chartLabel, value: z.number() }))
      .min(1)
      .max(limits.chartSeries),
  })
  .refine(({ segments }) => isUnique(segments.map((one) => one.label)), 'segment labels must be unique');

export const DataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: BlockId,
  title: z.string().min(1).max(limits.chartTitle),
  chart: z.discriminatedUnion('type', [SeriesChart, PieChart]),
});

function isUnique(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

function isSame(labels: readonly string[], categories: readonly string[]): boolean {
  return isUnique(labels) && labels.length === categories.length && labels.every((one) => categories.includes(one));
}

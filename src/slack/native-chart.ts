import type { KnownBlock } from '@slack/types';
import type { ChartTable } from '../domain/chart-table.ts';
import { spokenText } from './elements.ts';
import { limits } from './limits.ts';

interface SeriesChart {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'line' | 'bar';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label?: string };
  };
}

const NO_TITLE = 'Chart';

/**
 * Slack's own chart of the newest categories and the first series that it takes; undefined where nothing can be drawn.
 * Needs neither an upload nor a scope.
 */
export function formatNativeChart({ title, look, categories, series, unit }: ChartTable): KnownBlock | undefined {
  const count = Math.min(categories.length, limits.chartCategories);
  const labels = distinct(categories.slice(categories.length - count));
  const whole = series
    .filter(({ values }) => values.length === categories.length && values.every(Number.isFinite))
    .slice(0, limits.chartSeries);
  if (count === 0 || whole.length === 0) return undefined;
  const names = distinct(whole.map(({ name }) => name));
  const axis = cutLine(unit, limits.chartAxisChars);
  const block: SeriesChart = {
    type: 'data_visualization',
    title: cutLine(title, limits.chartTitleChars) || NO_TITLE,
    chart: {
      type: look,
      series: whole.map(({ values }, index) => ({
        name: names[index] ?? '',
        data: values.slice(values.length - count).map((value, at) => ({ label: labels[at] ?? '', value })),
      })),
      axis_config: { categories: labels, ...(axis === '' ? {} : { y_label: axis }) },
    },
  };
  return asKnownBlock(block);
}

/** `@slack/types` 3.2.0 does not know this block yet; its shape is that of Slack's reference of June 2026. */
function asKnownBlock(block: SeriesChart): KnownBlock {
  return block as unknown as KnownBlock;
}

/** Slack refuses equal and empty names, and cutting makes equal ones: those get a number. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    let label = cutLine(name, limits.chartLabelChars) || `${index + 1}`;
    for (let copy = 2; taken.has(label); copy += 1) {
      const mark = ` ${copy}`;
      label = `${cutLine(name, limits.chartLabelChars - mark.length)}${mark}`;
    }
    taken.add(label);
    return label;
  });
}

function cutLine(text: string, length: number): string {
  return spokenText(text.replace(/\s+/g, ' '), length);
}

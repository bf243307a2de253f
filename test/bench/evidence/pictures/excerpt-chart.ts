import type { SeriesChartRequest } from '../../../../src/domain/chart-request.ts';
import type { Excerpt } from '../excerpts.ts';

/** The chart of a report, with what people labelled as markers. */
export function excerptChart(excerpt: Excerpt): SeriesChartRequest {
  const { startMs, windowMs, points } = excerpt;
  const at = (index: number) => startMs + index * windowMs;
  const starts = points.flatMap(({ isLabelled }, index) => {
    return isLabelled && points[index - 1]?.isLabelled !== true ? [index] : [];
  });
  return {
    kind: 'series',
    zone: 'UTC',
    panels: [
      {
        title: `${excerpt.set}: ${excerpt.unit}`,
        unit: '',
        points: points.map(({ isLabelled: _, ...point }, index) => ({
          ...point,
          window: { key: String(index), startMs: at(index), endMs: at(index + 1) },
        })),
      },
    ],
    markers: starts.map((start, index) => {
      const length = points.slice(start).findIndex(({ isLabelled }) => !isLabelled);
      return {
        startMs: at(start),
        endMs: at(length < 0 ? points.length : start + length),
        text: index === 0 ? 'labelled' : '',
      };
    }),
  };
}

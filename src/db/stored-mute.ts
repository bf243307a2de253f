import { z } from 'zod';
import { detectionRules } from '../domain/anomaly.ts';
import { columnRoles } from '../domain/column.ts';
import type { UntilChange as Meant } from '../domain/mute.ts';
import type { SeriesStatistic } from '../domain/statistic.ts';

const StoredSeries = z.object({
  segment: z.string(),
  column: z.string(),
  role: z.enum(columnRoles),
  statistic: z.custom<SeriesStatistic>((value) => typeof value === 'string'),
});

/** The levels of a mute as JSON. */
export const UntilChange = z.object({
  ratio: z.number().positive(),
  levels: z.array(
    z.object({
      series: StoredSeries,
      value: z.number().nullable(),
      forecast: z.object({ baseline: z.number(), lower: z.number(), upper: z.number() }).exactOptional(),
      rule: z.enum(detectionRules),
    }),
  ),
}) satisfies z.ZodType<Meant>;

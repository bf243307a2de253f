import { z } from 'zod';
import { type Anomaly, detectionRules } from '../domain/anomaly.ts';
import type { SeriesKey } from '../domain/series.ts';
import { present } from './present.ts';

/** An anomaly as JSON beside its series. */
export const StoredAnomaly = z.object({
  window: z.object({ key: z.string(), startMs: z.number(), endMs: z.number() }),
  value: z.number().nullable(),
  rows: z.number(),
  forecast: z.object({ baseline: z.number(), lower: z.number(), upper: z.number() }).optional(),
  score: z.number().optional(),
  severity: z.number().optional(),
  tail: z.number().optional(),
  nominalTail: z.number().optional(),
  evidence: z.number().optional(),
  rule: z.enum(detectionRules),
  note: z.string().optional(),
});
export type StoredAnomaly = z.infer<typeof StoredAnomaly>;

export function toAnomaly(series: SeriesKey, stored: StoredAnomaly): Anomaly {
  const { window, value, rows, rule, forecast, score, severity, tail, nominalTail, evidence, note } = stored;
  const judged = present({ forecast, score, severity, tail, nominalTail, evidence, note });
  return { series, window, value, rows, isAnomaly: true, rule, ...judged };
}

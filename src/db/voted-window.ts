import { z } from 'zod';
import { contextNames } from '../domain/correction.ts';

export const StoredWindow = z.object({ key: z.string(), startMs: z.number(), endMs: z.number() });

/** What stage 2 saw, as JSON. */
export const StoredEvidence = z.object({
  evidence: z.number(),
  context: z.array(z.number()).length(contextNames.length),
  departure: z.object({ size: z.number(), left: z.number().optional() }).optional(),
});

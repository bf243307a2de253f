import { z } from 'zod';

const method = z.string().min(1);
const times = z.int().min(1).default(1);
const shared = { method, times };

/**
 * Trouble on the way, for the next `times` calls of a method: its name, `upload` for the bytes of a file,
 * `response_url`, or `*` for all of them. `after` means that the call was carried out and only its answer is lost.
 */
export const Fault = z.discriminatedUnion('kind', [
  z.strictObject({ ...shared, kind: z.literal('status'), status: z.int().min(400).max(599) }),
  z.strictObject({ ...shared, kind: z.literal('reset'), when: z.enum(['before', 'after']) }),
  z.strictObject({ ...shared, kind: z.literal('latency'), latencyMs: z.int().min(1) }),
  /** Without `retryAfterSeconds` the header is missing. */
  z.strictObject({ ...shared, kind: z.literal('rate_limit'), retryAfterSeconds: z.int().min(1).optional() }),
  z.strictObject({ ...shared, kind: z.literal('error'), error: z.string().min(1) }),
  /** The file is complete, the answer is `ok`, and no channel ever shows it. */
  z.strictObject({ ...shared, kind: z.literal('lost_share') }),
]);
export type Fault = z.output<typeof Fault>;
export type FaultInput = z.input<typeof Fault>;

export type Faults = {
  add(fault: FaultInput): void;
  /** The oldest fault for this call, used up once. */
  take(method: string): Fault | undefined;
  clear(): void;
  list(): readonly Fault[];
};

export function createFaults(): Faults {
  let waiting: Fault[] = [];
  return {
    add: (fault) => void waiting.push(Fault.parse(fault)),
    take(name) {
      const found = waiting.find((one) => one.method === name || one.method === '*');
      if (!found) return undefined;
      waiting = waiting.flatMap((one) => {
        if (one !== found) return [one];
        return one.times > 1 ? [{ ...one, times: one.times - 1 }] : [];
      });
      return found;
    },
    clear() {
      waiting = [];
    },
    list: () => waiting,
  };
}

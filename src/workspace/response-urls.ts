import { randomBytes } from 'node:crypto';
import { setBounded } from './bounded-map.ts';
import type { WorkspaceLimits } from './options.ts';

/** What a response_url was given for. */
export type ResponseTarget = {
  readonly teamId: string;
  readonly user: string;
  readonly channel: string;
  /** The message or ephemeral the interaction came from. */
  readonly sourceTs?: string;
  readonly threadTs?: string;
  /** What was answered first: a later answer may take its place, though no message was there to begin with. */
  answerTs?: string;
};

export type ResponseUrls = {
  issue(target: ResponseTarget): string;
  /** Counts one use. */
  use(
    id: string,
  ): { readonly ok: true; readonly target: ResponseTarget } | { readonly ok: false; readonly error: string };
};

type Entry = { readonly target: ResponseTarget; readonly expiresAt: number; uses: number };

export const responsePath = '/responses/';

export function createResponseUrls(now: () => number, url: string, limits: WorkspaceLimits): ResponseUrls {
  const entries = new Map<string, Entry>();
  return {
    issue(target) {
      const id = randomBytes(12).toString('hex');
      setBounded(entries, id, { target, expiresAt: now() + limits.responseUrlLifeMs, uses: 0 });
      return `${url}${responsePath}${id}`;
    },
    use(id) {
      const entry = entries.get(id);
      if (!entry || now() >= entry.expiresAt) return { ok: false, error: 'expired_url' };
      if (entry.uses >= limits.responseUrlUses) return { ok: false, error: 'used_url' };
      entry.uses += 1;
      return { ok: true, target: entry.target };
    },
  };
}

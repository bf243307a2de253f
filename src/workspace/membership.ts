import type { Channel } from './records.ts';

/** A private channel, or a direct message, is there for its members only. */
export function isOpenTo({ isPrivate, members }: Channel, user: string): boolean {
  return !isPrivate || members.includes(user);
}

import type { Role } from '../../src/domain/role.ts';
import type { Access } from '../../src/ports/access.ts';

/** Everybody has one role, and comes from outside only where that is said. */
export function accessOf(role: Role | undefined, { isOutsider = false } = {}): Access {
  return { roleOf: async () => role, isOutsider: async () => isOutsider };
}

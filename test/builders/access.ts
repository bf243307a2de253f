import type { Role } from '../../src/domain/role.ts';
import type { Access, Standing } from '../../src/ports/access.ts';

/** Everybody has one role, and is a member unless something else is said. */
export function accessOf(role: Role | undefined, standing: Standing = 'member'): Access {
  return { roleOf: async () => role, standingOf: async () => standing };
}

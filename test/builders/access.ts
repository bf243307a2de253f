import type { Role } from '../../src/domain/role.ts';
import type { Access } from '../../src/ports/access.ts';

/** Everybody has one role. */
export function accessOf(role: Role | undefined): Access {
  return { roleOf: async () => role };
}

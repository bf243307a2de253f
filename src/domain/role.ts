/** What a person may do, from least to most; each may do all that those before it may. */
export const roles = ['viewer', 'responder', 'owner', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Whether a role is enough. Nobody's role, that of a person from outside, is never enough. */
export function isAtLeast(role: Role | undefined, need: Role): boolean {
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(need);
}

/** The role that allows more. */
export function higherRole(a: Role, b: Role): Role {
  return isAtLeast(a, b) ? a : b;
}

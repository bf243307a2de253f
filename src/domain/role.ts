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

/** Who has which role, from the configuration: ids of people (`U…`) and of user groups (`S…`), never names. */
export interface AccessSettings {
  /** Empty: the admins of the Slack workspace are Driftbell's. */
  readonly admins: readonly string[];
  /** Of all models; beside them, each model has owners of its own. */
  readonly owners: readonly string[];
  readonly responders: readonly string[];
  readonly viewers: readonly string[];
  /** The role of every member of the workspace who is named nowhere; `none` lets nobody else in. */
  readonly everyone: 'responder' | 'viewer' | 'none';
}

/** What a fresh installation has. */
export const defaultAccess: AccessSettings = {
  admins: [],
  owners: [],
  responders: [],
  viewers: [],
  everyone: 'responder',
};

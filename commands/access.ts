import { describeThrown } from '../src/domain/errors.ts';
import type { UserId } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import { type AccessSettings, higherRole, type Role } from '../src/domain/role.ts';
import type { Access } from '../src/ports/access.ts';
import type { Logger } from '../src/ports/logger.ts';
import type { People } from '../src/ports/people.ts';

export interface AccessDeps {
  readonly settings: AccessSettings;
  readonly people: People;
  readonly logger: Logger;
}

/**
 * The highest role that a person has by any list, by owning the model, or as a member of the workspace. A guest of the
 * workspace only looks, unless a list names them. A group that cannot be read has no members, and a person of whom the
 * chat says nothing has only what a list gives them by their own id.
 */
export function createAccess({ settings, people, logger }: AccessDeps): Access {
  return {
    async roleOf(user, model) {
      const person = await people.person(user).catch(untold(user));
      if (person?.isOutsider === true) return undefined;
      const granted = await grantedRoles(user, model);
      const isAdminByDefault = settings.admins.length === 0 && person?.isWorkspaceAdmin === true;
      const base = person === undefined || settings.everyone === 'none' ? undefined : settings.everyone;
      const asMember = base !== undefined && person?.isGuest === true ? 'viewer' : base;
      return [...granted, ...(isAdminByDefault ? (['admin'] as const) : [])].reduce<Role | undefined>(
        (best, role) => (best === undefined ? role : higherRole(best, role)),
        asMember,
      );
    },
    async standingOf(user) {
      const person = await people.person(user).catch(untold(user));
      if (person === undefined) return 'unknown';
      return person.isOutsider ? 'outsider' : 'member';
    },
  };

  async function grantedRoles(user: UserId, model: Model | undefined): Promise<Role[]> {
    const lists: readonly (readonly [Role, readonly string[]])[] = [
      ['admin', settings.admins],
      ['owner', [...settings.owners, ...(model?.owners ?? [])]],
      ['responder', settings.responders],
      ['viewer', settings.viewers],
    ];
    const granted: Role[] = [];
    for (const [role, ids] of lists) if (await includes(ids, user)) granted.push(role);
    return granted;
  }

  async function includes(ids: readonly string[], user: UserId): Promise<boolean> {
    if (ids.includes(user)) return true;
    for (const group of ids.filter(isGroup)) {
      const members = await people.membersOf(group).catch(untold(group));
      if (members?.has(user) === true) return true;
    }
    return false;
  }

  function untold(subject: string) {
    return (thrown: unknown): undefined => {
      logger.warn(
        { subject, error: describeThrown(thrown) },
        'Slack did not say who may do what; it counts as denied.',
      );
    };
  }
}

function isGroup(id: string): boolean {
  return id.startsWith('S');
}

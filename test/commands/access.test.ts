import { beforeEach, describe, expect, it } from 'vitest';
import { createAccess } from '../../commands/access.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { type AccessSettings, defaultAccess } from '../../src/domain/role.ts';
import type { Person } from '../../src/ports/people.ts';
import { model } from '../builders/reports.ts';
import { createRecordingLogger } from '../slack/recording-logger.ts';

const member: Person = { isOutsider: false, isGuest: false, isWorkspaceAdmin: false };
const persons: Readonly<Record<string, Person>> = {
  U0MEMBER: member,
  U0GUEST: { ...member, isGuest: true },
  U0OUTSIDER: { ...member, isOutsider: true },
  U0ITADMIN: { ...member, isWorkspaceAdmin: true },
  U0LISTED: member,
};
const groups: Readonly<Record<string, readonly string[]>> = { S0TEAM: ['U0LISTED'] };

let logger: ReturnType<typeof createRecordingLogger>;

beforeEach(() => {
  logger = createRecordingLogger();
});

function roleOf(user: string, settings: Partial<AccessSettings> = {}, owners: readonly string[] = []) {
  const access = createAccess({
    settings: { ...defaultAccess, ...settings },
    people: {
      person: async (id) => persons[id] ?? Promise.reject(new Error('users.info failed')),
      membersOf: async (id) =>
        groups[id] === undefined ? Promise.reject(new Error('groups failed')) : new Set(groups[id] as UserId[]),
    },
    logger,
  });
  return access.roleOf(user as UserId, model({ owners: owners as UserId[] }));
}

describe('the role of a person', () => {
  it.each([
    ['a member', 'U0MEMBER', {}, [], 'responder'],
    ['a guest', 'U0GUEST', {}, [], 'viewer'],
    ['a person of another company', 'U0OUTSIDER', { admins: ['U0OUTSIDER'] }, ['U0OUTSIDER'], undefined],
    ['an admin of the workspace', 'U0ITADMIN', {}, [], 'admin'],
    ['an admin of the workspace where others are named', 'U0ITADMIN', { admins: ['U0LISTED'] }, [], 'responder'],
    ['a named admin', 'U0LISTED', { admins: ['U0LISTED'] }, [], 'admin'],
    ['a member of a named group', 'U0LISTED', { admins: ['S0TEAM'] }, [], 'admin'],
    ['an owner of the model', 'U0MEMBER', {}, ['U0MEMBER'], 'owner'],
    ['a member of a group that owns the model', 'U0LISTED', {}, ['S0TEAM'], 'owner'],
    ['an owner of all models', 'U0LISTED', { owners: ['S0TEAM'] }, [], 'owner'],
    ['a member where everyone only looks', 'U0MEMBER', { everyone: 'viewer' }, [], 'viewer'],
    ['a named responder there', 'U0LISTED', { everyone: 'viewer', responders: ['U0LISTED'] }, [], 'responder'],
    ['a member where nobody else is let in', 'U0MEMBER', { everyone: 'none' }, [], undefined],
    ['a named viewer there', 'U0LISTED', { everyone: 'none', viewers: ['U0LISTED'] }, [], 'viewer'],
    ['a guest who is named', 'U0GUEST', { responders: ['U0GUEST'] }, [], 'responder'],
    ['the higher of two roles', 'U0LISTED', { viewers: ['U0LISTED'], owners: ['S0TEAM'] }, [], 'owner'],
  ] as const)('is, for %s, %s with %j and owners %j: %s', async (_who, user, settings, owners, role) => {
    expect(await roleOf(user, settings, owners)).toBe(role);
  });

  it('is none where Slack says nothing of the person, unless they are named themselves', async () => {
    expect(await roleOf('U0UNKNOWN')).toBeUndefined();
    expect(await roleOf('U0UNKNOWN', { responders: ['U0UNKNOWN'] })).toBe('responder');
    expect(logger.lines).toHaveLength(2);
  });

  it('is not that of a group that cannot be read', async () => {
    expect(await roleOf('U0MEMBER', { admins: ['S0GONE'] })).toBe('responder');
    expect(logger.lines).toMatchObject([{ level: 'warn', facts: { subject: 'S0GONE' } }]);
  });
});

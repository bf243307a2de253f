import { z } from 'zod';
import { SlackRefusal } from '../errors.ts';
import { FlagArg, type Method, method } from './method.ts';

export const usergroupMethods: Readonly<Record<string, Method>> = {
  'usergroups.list': method(z.object({ include_users: FlagArg, include_count: FlagArg }), (core, args) => ({
    usergroups: core.state.groups().map(({ id, handle, name, users }) => ({
      id,
      team_id: core.identity.teamId,
      is_usergroup: true,
      is_external: false,
      is_subteam: true,
      name,
      handle,
      description: '',
      date_create: 0,
      date_update: 0,
      date_delete: 0,
      auto_type: null,
      prefs: { channels: [], groups: [] },
      ...(args.include_users ? { users } : {}),
      ...(args.include_count ? { user_count: users.length } : {}),
    })),
  })),

  'usergroups.users.list': method(z.object({ usergroup: z.string().optional() }), (core, args) => {
    const group = core.state.groups().find((one) => one.id === args.usergroup);
    if (!group) throw new SlackRefusal('no_such_subteam');
    return { users: group.users };
  }),
};

import { z } from 'zod';
import { SlackRefusal } from '../errors.ts';
import { type Method, method } from './method.ts';

/** The local workspace has people but no user groups. */
export const usergroupMethods: Readonly<Record<string, Method>> = {
  'usergroups.list': method(z.object({}), () => ({ usergroups: [] })),

  'usergroups.users.list': method(z.object({ usergroup: z.string().optional() }), () => {
    throw new SlackRefusal('no_such_subteam');
  }),
};

import { z } from 'zod';
import { limits } from '../blocks/limits.ts';
import type { Core } from '../core.ts';
import { SlackRefusal } from '../errors.ts';
import type { View } from '../records.ts';
import { newView, parseView, replaceView, viewJson } from '../views.ts';
import { JsonArg, type Method, method } from './method.ts';

const opening = { view: JsonArg, trigger_id: z.string().optional() };

export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': method(z.object(opening), (core, args) => {
    const input = parseView(core, args.view, 'modal');
    const user = core.triggers.exchange(args.trigger_id ?? '', core.identity.teamId);
    for (const old of core.state.views(user)) core.store.apply({ type: 'view.removed', id: old.id });
    const view = newView(core, input, user);
    core.store.apply({ type: 'view.put', view });
    return { view: viewJson(core, view) };
  }),

  'views.push': method(z.object(opening), (core, args) => {
    const input = parseView(core, args.view, 'modal');
    const user = core.triggers.exchange(args.trigger_id ?? '', core.identity.teamId);
    const stack = core.state.views(user);
    const top = stack.at(-1);
    if (!top) throw new SlackRefusal('not_found');
    if (stack.length >= limits.modalStack) throw new SlackRefusal('push_limit_reached');
    const view = newView(core, input, user, top);
    core.store.apply({ type: 'view.put', view });
    return { view: viewJson(core, view) };
  }),

  'views.update': method(
    z.object({
      view: JsonArg,
      view_id: z.string().optional(),
      external_id: z.string().optional(),
      hash: z.string().optional(),
    }),
    (core, args) => {
      const old = args.view_id
        ? core.state.view(args.view_id)
        : core.state.views().find((view) => view.externalId !== '' && view.externalId === args.external_id);
      if (!old) throw new SlackRefusal('not_found');
      requireHash(old, args.hash);
      const view = replaceView(core, old, parseView(core, args.view, old.type));
      return { view: viewJson(core, view) };
    },
  ),

  'views.publish': method(
    z.object({ view: JsonArg, user_id: z.string().optional(), hash: z.string().optional() }),
    (core, args) => ({ view: viewJson(core, publish(core, args)) }),
  ),
};

type PublishArgs = {
  readonly view?: unknown;
  readonly user_id?: string | undefined;
  readonly hash?: string | undefined;
};

function publish(core: Core, args: PublishArgs): View {
  if (!args.user_id || !core.state.user(args.user_id)) throw new SlackRefusal('invalid_arguments', ['user_not_found']);
  const input = parseView(core, args.view, 'home');
  const old = core.state.home(args.user_id);
  if (old) {
    requireHash(old, args.hash);
    return replaceView(core, old, input);
  }
  const view = newView(core, input, args.user_id);
  core.store.apply({ type: 'view.put', view });
  return view;
}

function requireHash(view: View, hash: string | undefined): void {
  if (hash !== undefined && hash !== view.hash) throw new SlackRefusal('hash_conflict');
}

import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Core, Shared } from '../core.ts';
import { openDirect } from '../direct.ts';
import { HttpRefusal } from '../errors.ts';
import { issueCommand } from '../inbound/issue-command.ts';
import { type Outcome, refuse } from '../inbound/outcome.ts';
import { press } from '../inbound/press.ts';
import { runShortcut } from '../inbound/run-shortcut.ts';
import { openHome, say } from '../inbound/say.ts';
import { closeView, submitView } from '../inbound/submit-view.ts';
import { suggest } from '../inbound/suggest.ts';
import type { Json } from '../records.ts';
import type { Change } from '../store.ts';

/** As many characters as Slack's own message box takes. */
const longestText = 12_000;

const Choice = z.union([z.string(), z.array(z.string()), z.null()]);
const Compose = z.object({
  user: z.string(),
  channel: z.string(),
  text: z.string().min(1).max(longestText, `expected at most ${longestText} characters, got more; shorten it`),
  threadTs: z.string().optional(),
});
const Press = z.object({
  user: z.string(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  viewId: z.string().optional(),
  blockId: z.string(),
  actionId: z.string(),
  value: Choice.optional(),
  values: z.record(z.string(), z.record(z.string(), Choice)).optional(),
});
const Suggest = Press.omit({ value: true, values: true }).extend({ value: z.string().max(longestText) });
const Shortcut = z.object({
  user: z.string(),
  callbackId: z.string(),
  channel: z.string().optional(),
  ts: z.string().optional(),
});
const Submit = z.object({
  user: z.string(),
  viewId: z.string(),
  values: z.record(z.string(), z.record(z.string(), Choice)),
});
const Close = z.object({ user: z.string(), viewId: z.string() });
const Dismiss = z.object({ channel: z.string(), ts: z.string() });
const Home = z.object({ user: z.string() });
const Direct = z.object({ user: z.string() });

async function compose(core: Core, body: z.output<typeof Compose>): Promise<Outcome> {
  if (!body.text.startsWith('/')) return say(core, body);
  if (body.threadTs === undefined) return issueCommand(core, body);
  return refuse('unknown_place', 'slash commands cannot be run inside a thread; use the channel');
}

async function direct(core: Core, { user }: z.output<typeof Direct>): Promise<Outcome> {
  if (core.state.user(user)?.isBot !== false) return refuse('unknown_place', `expected a known person, got ${user}`);
  return { ok: true, payload: { channel: openDirect(core, user).channel } };
}

type Handler = (core: Core, body: Json) => Promise<Outcome>;

/** What the page can ask for; each takes a JSON object and answers an Outcome. */
export const pageRequests: Readonly<Record<string, Handler>> = {
  compose: handler(Compose, compose),
  press: handler(Press, press),
  suggest: handler(Suggest, suggest),
  shortcut: handler(Shortcut, runShortcut),
  submit: handler(Submit, submitView),
  close: handler(Close, closeView),
  home: handler(Home, (core, body) => openHome(core, body.user)),
  direct: handler(Direct, direct),
  dismiss: handler(Dismiss, async (core, { channel, ts }) => {
    core.store.apply({ type: 'ephemeral.removed', channel, ts });
    return { ok: true, payload: {} };
  }),
};

function handler<Shape extends z.ZodType>(
  shape: Shape,
  run: (core: Core, body: z.output<Shape>) => Promise<Outcome>,
): Handler {
  return (core, body) => {
    const parsed = shape.safeParse(body);
    if (parsed.success) return run(core, parsed.data);
    const issue = parsed.error.issues[0];
    throw new HttpRefusal(
      `bad field ${issue?.path.map(String).join('.') || '(body)'}: ${issue?.message ?? 'unreadable'}`,
      { status: 400 },
    );
  };
}

/** The workspace that a page shows: that of a channel, the one it names, or the first, as after a restart ids are others. */
export function shownTeam({ teams }: Shared, id: unknown, channel?: string | null): Core {
  const home = channel ? teams.find((team) => team.state.channel(channel)) : undefined;
  return home ?? teams.find((team) => team.identity.teamId === id) ?? teams[0];
}

/** Streams a snapshot and then every change, as server-sent events; of the other workspaces only that there is news. */
export function streamChanges(shared: Shared, core: Core, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  const send = (value: unknown): boolean => response.write(`data: ${JSON.stringify(value)}\n\n`);
  send({ type: 'snapshot', ...snapshot(shared, core) });
  const others = shared.teams.filter((team) => team !== core);
  const subscriptions = [
    core.store.subscribe(send),
    ...others.map(({ store, identity }) =>
      store.subscribe((change) => isNews(change) && send({ type: 'team.news', team: identity.teamId })),
    ),
  ];
  response.on('close', () => {
    for (const unsubscribe of subscriptions) unsubscribe();
  });
}

/** A message that a person would want to look at: an edit is none, nor a reply that stays in its thread. */
function isNews(change: Change): boolean {
  if (change.type !== 'message.put') return false;
  const { edited, threadTs, ts, isBroadcast } = change.message;
  return edited === undefined && (threadTs === undefined || threadTs === ts || isBroadcast);
}

function snapshot(shared: Shared, core: Core): Json {
  const { state } = core;
  const channels = state.channels();
  return {
    title: core.title,
    team: core.identity.teamId,
    teams: shared.teams.map(({ identity }) => ({ id: identity.teamId, name: identity.teamName })),
    bot: { id: core.identity.botUserId, name: core.identity.botName },
    users: state.users(),
    channels,
    groups: state.groups(),
    commands: core.commands,
    shortcuts: core.shortcuts,
    warning: core.warning,
    longestText,
    messages: channels.flatMap((channel) => state.messages(channel.id)),
    ephemerals: state.ephemerals(),
    files: state.files(),
    views: [...state.views(), ...state.users().flatMap((user) => state.home(user.id) ?? [])],
    connections: state.connections(),
  };
}

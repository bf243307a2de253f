import type { Core } from '../core.ts';
import { SlackRefusal } from '../errors.ts';
import { isOpenTo } from '../membership.ts';
import type { Channel, Json } from '../records.ts';
import type { ResponseTarget } from '../response-urls.ts';
import { applyResponse } from '../responses.ts';
import { type Outcome, outcomeOf, refuse } from './outcome.ts';

export type CommandInput = { readonly user: string; readonly channel: string; readonly text: string };

/** Sends `/command rest of the line` to the app; failures are shown to the person as Slack shows them. */
export async function issueCommand(core: Core, input: CommandInput): Promise<Outcome> {
  const channel = core.state.channel(input.channel);
  const user = core.state.user(input.user);
  if (!channel || !user)
    return refuse('unknown_place', `expected a known user and channel, got ${input.user} and ${input.channel}`);
  if (!isOpenTo(channel, user.id))
    return refuse('unknown_place', `${user.name} is not in this channel; act as a member`);
  const [command = '', ...words] = input.text.trim().split(/\s+/);
  // Slack offers the commands of an app to the people of the workspace that installed it, and to nobody else.
  const isOffered = user.homeTeamId === undefined && core.commands.some((one) => one.command === command);
  if (!isOffered) {
    const detail =
      user.homeTeamId === undefined
        ? `${command} is not a valid command; expected one of ${core.commands.map((one) => one.command).join(', ')}`
        : `${command} is not a valid command for people of other organisations: Slack offers it to members of this workspace only. Ask one of them to type it for you`;
    tell(core, input, detail);
    return refuse('unknown_command', detail);
  }
  const text = escapeMentions(core, words.length === 0 ? '' : input.text.trim().slice(command.length).trim());
  const target = { teamId: core.identity.teamId, user: user.id, channel: channel.id };
  const delivery = await core.transport.deliver('slash_commands', {
    token: core.app.verificationToken,
    team_id: core.identity.teamId,
    team_domain: core.identity.teamName,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: core.identity.appId,
    is_enterprise_install: 'false',
    response_url: core.responseUrls.issue(target),
    trigger_id: core.triggers.issue({ user: user.id, teamId: core.identity.teamId }),
  });
  const outcome = outcomeOf(core, delivery);
  if (!outcome.ok) {
    tell(core, input, `${command} failed with the error "${outcome.error}": ${outcome.detail}`);
    return outcome;
  }
  return hasAnswer(outcome.payload) ? answerWithAck(core, input, target, outcome.payload) : outcome;
}

/** The body given with the acknowledgement is a message like any other, and checked like one. */
function answerWithAck(core: Core, input: CommandInput, target: ResponseTarget, payload: Json): Outcome {
  try {
    applyResponse(core, target, payload);
    return { ok: true, payload };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    const detail = `the command failed because the app answered with ${error.message}`;
    tell(core, input, detail);
    return refuse('invalid_command_response', detail);
  }
}

/** Slack does not tell an app the names of places it may not be in. */
export function channelName(channel: Channel): string {
  if (channel.directWith) return 'directmessage';
  return channel.isPrivate ? 'privategroup' : channel.name;
}

function hasAnswer(payload: Json): boolean {
  return payload.text !== undefined || payload.blocks !== undefined;
}

function tell(core: Core, input: CommandInput, text: string): void {
  core.store.apply({
    type: 'ephemeral.put',
    ephemeral: {
      channel: input.channel,
      ts: core.ids.ts(),
      user: 'USLACKBOT',
      recipient: input.user,
      text,
      blocks: [],
    },
  });
}

/** Commands declared with `should_escape` receive people and channels as ids. */
function escapeMentions(core: Core, text: string): string {
  return text
    .replace(/(?<=^|\s)@([\w.-]+)/g, (whole, name: string) => {
      const user = core.state.users().find((one) => one.name === name);
      const group = core.state.groups().find((one) => one.handle === name);
      if (user) return `<@${user.id}|${user.name}>`;
      return group ? `<!subteam^${group.id}|@${group.handle}>` : whole;
    })
    .replace(/(?<=^|\s)#([\w-]+)/g, (whole, name: string) => {
      const channel = core.state.channelNamed(name);
      return channel ? `<#${channel.id}|${channel.name}>` : whole;
    });
}

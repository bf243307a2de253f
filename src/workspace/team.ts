import type { Core } from './core.ts';
import { type CommandInput, issueCommand } from './inbound/issue-command.ts';
import type { Outcome } from './inbound/outcome.ts';
import { type PressInput, press } from './inbound/press.ts';
import { runShortcut, type ShortcutInput } from './inbound/run-shortcut.ts';
import { openHome, type SayInput, say } from './inbound/say.ts';
import { closeView, type SubmitInput, submitView } from './inbound/submit-view.ts';
import { type SuggestInput, suggest } from './inbound/suggest.ts';
import { uninstall } from './inbound/uninstall.ts';
import type { WorkspaceState } from './store.ts';

/** One workspace, as tests and scripts act in it. */
export type Team = {
  readonly teamId: string;
  readonly botToken: string;
  readonly botUserId: string;
  readonly state: WorkspaceState;
  /** A person types a slash command. */
  issueCommand(input: CommandInput): Promise<Outcome>;
  /** A person presses a button or picks an option, in a message or in a view. */
  press(input: PressInput): Promise<Outcome>;
  /** A person types into an external select; the payload holds what the app offers. */
  suggest(input: SuggestInput): Promise<Outcome>;
  submitView(input: SubmitInput): Promise<Outcome>;
  closeView(input: { readonly user: string; readonly viewId: string }): Promise<Outcome>;
  runShortcut(input: ShortcutInput): Promise<Outcome>;
  /** A person writes in a channel or a thread. */
  say(input: SayInput): Promise<Outcome>;
  openHome(user: string): Promise<Outcome>;
  /** Somebody puts the channel away for good. */
  archive(channel: string): void;
  /** Somebody removes a member, the app for instance. */
  kick(channel: string, user: string): void;
  uninstall(): Promise<void>;
  /** A code for `oauth.v2.access`, as after a person allowed the app. */
  allowInstall(user: string, options?: { readonly isRotated?: boolean }): string;
};

export function createTeamHandle(core: Core): Team {
  const { teamId, botToken, botUserId } = core.identity;
  const change = (id: string, edit: { isArchived?: boolean; members?: readonly string[] }): void => {
    const channel = core.state.channel(id);
    if (channel) core.store.apply({ type: 'channel.put', channel: { ...channel, ...edit } });
  };
  return {
    teamId,
    botToken,
    botUserId,
    state: core.state,
    issueCommand: (input) => issueCommand(core, input),
    press: (input) => press(core, input),
    suggest: (input) => suggest(core, input),
    submitView: (input) => submitView(core, input),
    closeView: (input) => closeView(core, input),
    runShortcut: (input) => runShortcut(core, input),
    say: (input) => say(core, input),
    openHome: (user) => openHome(core, user),
    archive: (id) => change(id, { isArchived: true }),
    kick: (id, user) => change(id, { members: core.state.channel(id)?.members.filter((one) => one !== user) ?? [] }),
    uninstall: () => uninstall(core),
    allowInstall: (user, { isRotated = false } = {}) => core.installs.allow({ core, user, isRotated }),
  };
}

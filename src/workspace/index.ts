import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createCore } from './core.ts';
import { WorkspaceError } from './errors.ts';
import { createRouter } from './http/router.ts';
import { type CommandInput, issueCommand } from './inbound/issue-command.ts';
import type { Outcome } from './inbound/outcome.ts';
import { type PressInput, press } from './inbound/press.ts';
import { openHome, type SayInput, say } from './inbound/say.ts';
import { closeView, type SubmitInput, submitView } from './inbound/submit-view.ts';
import type { WorkspaceOptions } from './options.ts';
import { socketPath } from './socket-mode.ts';
import type { WorkspaceState } from './store.ts';

export { WorkspaceError, type WorkspaceErrorCode, type WorkspaceErrorFacts } from './errors.ts';
export type { CommandInput } from './inbound/issue-command.ts';
export type { Outcome } from './inbound/outcome.ts';
export type { PressInput } from './inbound/press.ts';
export type { SayInput } from './inbound/say.ts';
export type { SubmitInput, ViewValues } from './inbound/submit-view.ts';
export type { WorkspaceCommand, WorkspaceLimits, WorkspaceOptions, WorkspaceUser } from './options.ts';
export type { Block, Call, Channel, Ephemeral, Message, StoredFile, User, View } from './records.ts';
export type { WorkspaceState } from './store.ts';

export type Workspace = {
  /** `http://host:port`, without a trailing slash. */
  readonly url: string;
  /** For `slackApiUrl`; ends in `/api/`. */
  readonly apiUrl: string;
  readonly pageUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly state: WorkspaceState;
  /** A person types a slash command. */
  issueCommand(input: CommandInput): Promise<Outcome>;
  /** A person presses a button or picks an option, in a message or in a view. */
  press(input: PressInput): Promise<Outcome>;
  submitView(input: SubmitInput): Promise<Outcome>;
  closeView(input: { readonly user: string; readonly viewId: string }): Promise<Outcome>;
  /** A person writes in a channel or a thread. */
  say(input: SayInput): Promise<Outcome>;
  openHome(user: string): Promise<Outcome>;
  /** Tells every Socket Mode connection to reconnect. */
  refreshSockets(): void;
  close(): Promise<void>;
};

/** Starts the local workspace: a stand-in for Slack with its Web API, Socket Mode and a page for people. */
export async function createWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  checkOptions(options);
  const host = options.host ?? '127.0.0.1';
  const server = createServer();
  const port = await listen(server, options.port, host);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const core = createCore(options, url);
  const router = createRouter(core, options.pageDirectory ?? path.join(import.meta.dirname, 'page'));
  server.on('request', (request, response) => void router(request, response));
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const address = URL.canParse(request.url ?? '/', url) ? new URL(request.url ?? '/', url) : undefined;
    if (address?.pathname === socketPath)
      core.sockets.upgrade(request, socket, head, address.searchParams.get('ticket') ?? '');
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  });
  const { botToken, appToken, teamId, botUserId } = core.identity;
  return {
    url,
    apiUrl: `${url}/api/`,
    pageUrl: `${url}/`,
    botToken,
    appToken,
    teamId,
    botUserId,
    state: core.state,
    issueCommand: (input) => issueCommand(core, input),
    press: (input) => press(core, input),
    submitView: (input) => submitView(core, input),
    closeView: (input) => closeView(core, input),
    say: (input) => say(core, input),
    openHome: (user) => openHome(core, user),
    refreshSockets: () => core.sockets.refresh(),
    close() {
      core.sockets.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

const lastPort = 65_535;

function checkOptions({ port, users, channels }: WorkspaceOptions): void {
  if (!Number.isInteger(port) || port < 0 || port > lastPort)
    throw badOptions(`a port from 0 to ${lastPort}`, String(port), 'choose another port, or 0 for any free one');
  if (users.length === 0) throw badOptions('at least one user', 'none', 'name a person to act as');
  if (channels.length === 0) throw badOptions('at least one channel', 'none', 'name one');
  const bad = users.find((user) => !/^[UW][A-Z0-9]+$/.test(user.id));
  if (bad) throw badOptions('user ids such as U0ANNA', bad.id, 'use U and upper-case letters or digits');
}

function badOptions(expected: string, received: string, remedy: string): WorkspaceError {
  return new WorkspaceError('bad_options', { expected, received, remedy });
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(listenError(cause, port, host));
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function listenError(cause: NodeJS.ErrnoException, port: number, host: string): WorkspaceError {
  if (cause.code === 'EADDRINUSE') {
    const expected = `port ${port} on ${host} to be free`;
    const remedy = 'stop the other program or choose another port';
    return new WorkspaceError('port_in_use', { expected, received: 'one in use', remedy }, { cause });
  }
  const expected = `to listen on ${host}:${port}`;
  const remedy = 'choose another host or port';
  return new WorkspaceError('cannot_listen', { expected, received: cause.message, remedy }, { cause });
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createShared } from './core.ts';
import { WorkspaceError } from './errors.ts';
import type { FaultInput } from './faults.ts';
import { createRouter } from './http/router.ts';
import type { Tampering } from './inbound/request-url.ts';
import { everyScope } from './methods/rules.ts';
import type { WorkspaceOptions } from './options.ts';
import type { SentEnvelope } from './records.ts';
import { socketPath } from './socket-mode.ts';
import { createTeamHandle, type Team } from './team.ts';

export { WorkspaceError, type WorkspaceErrorCode, type WorkspaceErrorFacts } from './errors.ts';
export type { Fault, FaultInput } from './faults.ts';
export type { CommandInput } from './inbound/issue-command.ts';
export type { Outcome } from './inbound/outcome.ts';
export type { PressInput } from './inbound/press.ts';
export type { Tampering } from './inbound/request-url.ts';
export type { ShortcutInput } from './inbound/run-shortcut.ts';
export type { SayInput } from './inbound/say.ts';
export type { SubmitInput, ViewValues } from './inbound/submit-view.ts';
export type { SuggestInput } from './inbound/suggest.ts';
export { appOfManifest } from './manifest.ts';
export type {
  TeamOptions,
  WorkspaceChannel,
  WorkspaceCommand,
  WorkspaceLimits,
  WorkspaceOptions,
  WorkspaceShortcut,
  WorkspaceUser,
  WorkspaceUserGroup,
} from './options.ts';
export type { Block, Call, Channel, Ephemeral, Message, SentEnvelope, StoredFile, User, View } from './records.ts';
export type { WorkspaceState } from './store.ts';
export type { Team } from './team.ts';

export type Workspace = Team & {
  /** `http://host:port`, without a trailing slash. */
  readonly url: string;
  /** For `slackApiUrl`; ends in `/api/`. */
  readonly apiUrl: string;
  readonly pageUrl: string;
  readonly appToken: string;
  readonly appId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  /** The other workspaces, in the order of the options. */
  readonly otherTeams: readonly Team[];
  /** What a person who starts it should know, such as that others can reach it; empty when all is well. */
  readonly warning: string;
  /** Switches to HTTP mode: what people do arrives as signed requests at this address of the app. */
  useRequestUrl(url: string): Promise<void>;
  /** Sends the last signed request again in a way that an app must see through; the status that came back. */
  resend(tampering: Tampering): Promise<number>;
  /** Orders trouble for calls to come. */
  inject(fault: FaultInput): void;
  clearFaults(): void;
  /** Everything that was sent to the app. */
  sent(): readonly SentEnvelope[];
  /** Tells every Socket Mode connection to reconnect. */
  refreshSockets(): void;
  /** Cuts every Socket Mode connection. */
  dropSockets(): void;
  /** Sends the next envelopes twice. */
  duplicateNext(times?: number): void;
  close(): Promise<void>;
};

/** Starts the local workspace: a stand-in for Slack with its Web API, Socket Mode and a page for people. */
export async function createWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  checkOptions(options);
  const host = options.host ?? '127.0.0.1';
  const server = createServer();
  const port = await listen(server, options.port, host);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const shared = createShared(options, url, everyScope());
  const { app, sockets, requestUrl, faults, transport } = shared;
  const router = createRouter(shared, options.pageDirectory ?? path.join(import.meta.dirname, 'page'));
  server.on('request', (request, response) => void router(request, response));
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const address = URL.canParse(request.url ?? '/', url) ? new URL(request.url ?? '/', url) : undefined;
    if (address?.pathname === socketPath)
      sockets.upgrade(request, socket, head, address.searchParams.get('ticket') ?? '');
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  });
  const [first, ...others] = shared.teams;
  return {
    ...createTeamHandle(first),
    url,
    apiUrl: `${url}/api/`,
    // An address that stands for all of them is none that a browser should open.
    pageUrl: `${url.replace(/0\.0\.0\.0|\[::\]/, 'localhost')}/`,
    appToken: app.token,
    appId: app.id,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    signingSecret: app.signingSecret,
    otherTeams: others.map(createTeamHandle),
    warning: shared.warning,
    useRequestUrl: requestUrl.set,
    resend: requestUrl.resend,
    inject: faults.add,
    clearFaults: faults.clear,
    sent: transport.sent,
    refreshSockets: sockets.refresh,
    dropSockets: sockets.drop,
    duplicateNext: (times = 1) => sockets.duplicateNext(times),
    close() {
      transport.close();
      sockets.close();
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

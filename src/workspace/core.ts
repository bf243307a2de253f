import { createFaults, type Faults } from './faults.ts';
import { createIds, type Ids } from './ids.ts';
import { createRequestUrl, type RequestUrl } from './inbound/request-url.ts';
import { createTransport, type Transport } from './inbound/transport.ts';
import { createInstalls, type Installs } from './installs.ts';
import { createOffers, type Offers } from './offers.ts';
import {
  defaultLimits,
  type TeamOptions,
  type WorkspaceCommand,
  type WorkspaceLimits,
  type WorkspaceOptions,
  type WorkspaceShortcut,
} from './options.ts';
import { createRateLimits, type RateLimits } from './rate-limits.ts';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import { seedTeam } from './seed.ts';
import { createSocketMode, type SocketMode } from './socket-mode.ts';
import { createStore, type Store, type WorkspaceState } from './store.ts';
import { createTokens, newSecret, type Tokens } from './tokens.ts';
import { createTriggers, type Triggers } from './triggers.ts';

/** The app, as it is registered once for all workspaces. */
export type AppRecord = {
  readonly id: string;
  readonly botName: string;
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly verificationToken: string;
};

/** The app inside one workspace. */
export type Identity = {
  readonly teamId: string;
  readonly teamName: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly botName: string;
  readonly botToken: string;
};

/** What all workspaces of one server share. */
export type Shared = {
  readonly url: string;
  readonly title: string;
  /** Shown on the page; empty when all is well. */
  readonly warning: string;
  readonly app: AppRecord;
  readonly commands: readonly WorkspaceCommand[];
  readonly shortcuts: readonly WorkspaceShortcut[];
  readonly scopes: readonly string[];
  /** Absent: every event there is. */
  readonly events: ReadonlySet<string> | undefined;
  readonly limits: WorkspaceLimits;
  readonly now: () => number;
  readonly ids: Ids;
  readonly tokens: Tokens;
  readonly installs: Installs;
  readonly offers: Offers;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly rates: RateLimits;
  readonly faults: Faults;
  readonly sockets: SocketMode;
  readonly requestUrl: RequestUrl;
  readonly transport: Transport;
  /** The first one is what the page shows until a person chooses another. */
  readonly teams: readonly [Core, ...Core[]];
};

/** One workspace: what is shared, and its own people, channels and messages. */
export type Core = Omit<Shared, 'teams'> & {
  readonly identity: Identity;
  readonly store: Store;
  readonly state: WorkspaceState;
  readonly fileBytes: Map<string, Buffer>;
};

export function createShared(options: WorkspaceOptions, url: string, scopes: readonly string[]): Shared {
  const { now } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const ids = createIds(now);
  const firstTeamId = ids.next('T');
  const app = createApp(options, ids);
  const requestUrl = createRequestUrl({ app, now, limits });
  const countConnections = (count: number): void => {
    for (const team of teams) team.store.apply({ type: 'connections', count });
  };
  const sockets = createSocketMode({ url, appId: app.id, now, limits, onCount: countConnections });
  const rest: Omit<Shared, 'teams'> = {
    url,
    title: options.title ?? 'Local workspace',
    warning: isLoopback(options.host) ? '' : exposedWarning,
    app,
    commands: options.commands,
    shortcuts: options.shortcuts ?? [],
    scopes: options.scopes ?? scopes,
    events: options.events && new Set(options.events),
    limits,
    now,
    ids,
    tokens: createTokens(now),
    installs: createInstalls<Core>(),
    offers: createOffers(),
    triggers: createTriggers(now, limits.triggerLifeMs),
    responseUrls: createResponseUrls(now, url, limits),
    rates: createRateLimits(now),
    faults: createFaults(),
    sockets,
    requestUrl,
    transport: createTransport({ sockets, requestUrl, now, limits }),
  };
  rest.tokens.put(app.token, { kind: 'app' });
  const first = createTeam(rest, options, { teamId: firstTeamId, botToken: options.botToken });
  const teams: [Core, ...Core[]] = [first];
  for (const team of options.otherTeams ?? []) teams.push(createTeam(rest, team, { teamId: ids.next('T') }));
  return { ...rest, teams };
}

const exposedWarning =
  'This page has no login and is not bound to this machine alone: everybody who reaches this address can act as anybody here.';

function isLoopback(host = '127.0.0.1'): boolean {
  return /^(127(\.\d+){3}|::1|localhost)$/.test(host);
}

function createApp(options: WorkspaceOptions, ids: Ids): AppRecord {
  return {
    id: ids.next('A'),
    botName: options.botName,
    token: options.appToken ?? newSecret('xapp'),
    clientId: '1000.2000',
    clientSecret: newSecret('client'),
    signingSecret: options.signingSecret ?? newSecret('signing'),
    verificationToken: 'local-verification-token',
  };
}

function createTeam(
  shared: Omit<Shared, 'teams'>,
  options: TeamOptions,
  { teamId, botToken = newSecret('xoxb') }: { readonly teamId: string; readonly botToken?: string | undefined },
): Core {
  const { app, ids } = shared;
  const store = createStore(shared.limits.loggedCalls);
  const identity: Identity = {
    teamId,
    teamName: options.teamName ?? 'local',
    appId: app.id,
    botId: ids.next('B'),
    botUserId: ids.next('U'),
    botName: app.botName,
    botToken,
  };
  shared.tokens.put(botToken, { kind: 'bot', teamId, scopes: shared.scopes });
  const core: Core = { ...shared, identity, store, state: store.state, fileBytes: new Map() };
  seedTeam(core, options);
  return core;
}

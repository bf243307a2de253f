export type WorkspaceUser = {
  /** `U…` or `W…`. */
  readonly id: string;
  /** What follows `@`. */
  readonly name: string;
  readonly realName?: string;
  /** Belongs to another organisation and is here through a shared channel. */
  readonly isExternal?: boolean;
  readonly isAdmin?: boolean;
  /** Sees only the channels they were invited to. */
  readonly isGuest?: boolean;
  /** IANA zone. @default 'Etc/UTC' */
  readonly zone?: string;
};
export type WorkspaceChannel = {
  /** Without `#`. */
  readonly name: string;
  readonly isPrivate?: boolean;
  readonly isArchived?: boolean;
  /** @default true */
  readonly hasBot?: boolean;
  /** Ids of the people in it. @default everybody */
  readonly members?: readonly string[];
};
export type WorkspaceUserGroup = {
  /** `S…` */
  readonly id: string;
  /** What follows `@`. */
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
};
export type WorkspaceCommand = { readonly command: string; readonly description: string; readonly usageHint: string };
export type WorkspaceShortcut = {
  readonly type: 'message' | 'global';
  readonly name: string;
  readonly callbackId: string;
  readonly description: string;
};

/** One workspace that the app is installed in. */
export type TeamOptions = {
  /** @default 'local' */
  readonly teamName?: string;
  /** Names without `#`, or channels; every user is a member, and the bot, unless told otherwise. */
  readonly channels: readonly (string | WorkspaceChannel)[];
  /** At least one. */
  readonly users: readonly WorkspaceUser[];
  readonly userGroups?: readonly WorkspaceUserGroup[];
};

export type WorkspaceLimits = {
  /** How long an uploaded file keeps an empty mimetype after completion. @default 300 ms */
  readonly fileReadyDelayMs: number;
  /** How long a shared file says nothing of its shares after completion. @default 0 ms */
  readonly fileSharesDelayMs: number;
  /** How long the app may take to acknowledge what is sent to it. @default 3000 ms */
  readonly ackDeadlineMs: number;
  /** When an event that was not acknowledged is sent again, after each failure. @default at once, 1 min, 5 min */
  readonly eventRetryDelaysMs: readonly number[];
  /** Life of a trigger_id, by `now`. @default 3000 ms */
  readonly triggerLifeMs: number;
  /** Life of a response_url, by `now`. @default 30 min */
  readonly responseUrlLifeMs: number;
  /** How often one response_url may be used. @default 5 */
  readonly responseUrlUses: number;
  /** Largest request body. @default 16 MiB */
  readonly bodyBytes: number;
  /** Socket Mode connections at one time. @default 10 */
  readonly socketConnections: number;
  /** How long a connection that was asked to come back anew is left open. @default 10 s */
  readonly refreshGraceMs: number;
  /** Web API calls and deliveries kept in the logs; the oldest go first. @default 5000 */
  readonly loggedCalls: number;
  /** Posts that one channel takes at once; one more comes free each second. Absent: no limit. @default 5 */
  readonly postBurst: number | undefined;
  /** Whether methods are held to the calls a minute of their tier. @default true */
  readonly hasTiers: boolean;
};

export type WorkspaceOptions = TeamOptions & {
  /** 0 picks a free port. */
  readonly port: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  readonly now: () => number;
  readonly commands: readonly WorkspaceCommand[];
  readonly shortcuts?: readonly WorkspaceShortcut[];
  readonly botName: string;
  /** Other workspaces of the same app, each with a bot token of its own. */
  readonly otherTeams?: readonly TeamOptions[];
  /** What the bot token is granted. @default every scope of the methods there are */
  readonly scopes?: readonly string[];
  /** Events the app subscribed to. @default all that the workspace can send */
  readonly events?: readonly string[];
  /** Shown in the page's header. @default 'Local workspace' */
  readonly title?: string;
  /** Fixed secrets for an app in another process. @default random */
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  /** Folder with the page's assets. @default the `page` folder beside this file */
  readonly pageDirectory?: string;
  readonly limits?: Partial<WorkspaceLimits>;
};

const secondMs = 1_000;
const minuteMs = 60_000;

export const defaultLimits: WorkspaceLimits = {
  fileReadyDelayMs: 300,
  fileSharesDelayMs: 0,
  ackDeadlineMs: 3 * secondMs,
  eventRetryDelaysMs: [0, minuteMs, 5 * minuteMs],
  triggerLifeMs: 3 * secondMs,
  responseUrlLifeMs: 30 * minuteMs,
  responseUrlUses: 5,
  bodyBytes: 16 * 1024 * 1024,
  socketConnections: 10,
  refreshGraceMs: 10 * secondMs,
  loggedCalls: 5_000,
  postBurst: 5,
  hasTiers: true,
};

export type WorkspaceUser = { readonly id: string; readonly name: string };
export type WorkspaceCommand = { readonly command: string; readonly description: string; readonly usageHint: string };

export type WorkspaceLimits = {
  /** How long an uploaded file keeps an empty mimetype after completion. @default 300 ms */
  readonly fileReadyDelayMs: number;
  /** How long the app may take to acknowledge an envelope. @default 3000 ms */
  readonly ackDeadlineMs: number;
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
  /** Web API calls kept in the log; the oldest go first. @default 5000 */
  readonly loggedCalls: number;
};

export type WorkspaceOptions = {
  /** 0 picks a free port. */
  readonly port: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  readonly now: () => number;
  /** Channel names without `#`; the bot and every user are members. */
  readonly channels: readonly string[];
  /** At least one; ids look like `U…` or `W…`. */
  readonly users: readonly WorkspaceUser[];
  readonly commands: readonly WorkspaceCommand[];
  readonly botName: string;
  /** Shown in the page's header. @default 'Driftbell local workspace' */
  readonly title?: string;
  /** Fixed tokens for an app in another process. @default random */
  readonly botToken?: string;
  readonly appToken?: string;
  /** Folder with the page's assets. @default the `page` folder beside this file */
  readonly pageDirectory?: string;
  readonly limits?: Partial<WorkspaceLimits>;
};

export const defaultLimits: WorkspaceLimits = {
  fileReadyDelayMs: 300,
  ackDeadlineMs: 3_000,
  triggerLifeMs: 3_000,
  responseUrlLifeMs: 30 * 60_000,
  responseUrlUses: 5,
  bodyBytes: 16 * 1024 * 1024,
  socketConnections: 10,
  loggedCalls: 5_000,
};

export type Json = Readonly<Record<string, unknown>>;

/** A validated block: `block_id` and the `action_id`s are filled in. */
export type Block = Json & { readonly type: string; readonly block_id: string };

export type User = {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly isBot: boolean;
  readonly isAdmin: boolean;
  readonly isGuest: boolean;
  readonly zone: string;
  /** Set for a person of another organisation. */
  readonly homeTeamId?: string;
};

export type UserGroup = {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
};

export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly members: readonly string[];
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  /** Set for a direct message with this person. */
  readonly directWith?: string;
};

export type Reaction = { readonly name: string; readonly users: readonly string[] };

export type Message = {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly isFromApp: boolean;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata?: Json;
  readonly threadTs?: string;
  readonly isBroadcast: boolean;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly reactions: readonly Reaction[];
  readonly fileIds: readonly string[];
};

/** Visible to one person; shares the `ts` name space with messages. */
export type Ephemeral = {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly recipient: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly threadTs?: string;
  /** The message whose button it answers; the page shows it below that one. */
  readonly answersTs?: string;
};

export type Share = { readonly channel: string; readonly ts: string };

export type StoredFile = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly altText: string;
  readonly size: number;
  readonly user: string;
  readonly createdAt: number;
  readonly mimetype: string;
  readonly state: 'expected' | 'uploaded' | 'complete';
  /** The mimetype is reported from this moment on. */
  readonly readyAt: number;
  /** Shares are reported from this moment on. */
  readonly sharesAt: number;
  readonly shares: readonly Share[];
};

export type View = {
  readonly id: string;
  readonly user: string;
  readonly type: 'modal' | 'home';
  readonly hash: string;
  readonly rootId: string;
  readonly previousId?: string;
  readonly callbackId: string;
  readonly externalId: string;
  readonly privateMetadata: string;
  readonly title?: Json;
  readonly submit?: Json;
  readonly close?: Json;
  readonly clearOnClose: boolean;
  readonly notifyOnClose: boolean;
  readonly blocks: readonly Block[];
};

export type Call = {
  readonly at: number;
  readonly method: string;
  readonly args: Json;
  readonly response: Json;
  /** HTTP status; 0 when the connection was cut instead. */
  readonly status: number;
};

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';

/** Something that was sent to the app, and what became of it: what the person would have seen. */
export type SentEnvelope = {
  readonly at: number;
  readonly type: EnvelopeType;
  readonly way: 'socket' | 'http';
  readonly payload: Json;
  /** 0 the first time. */
  readonly retry: number;
  readonly outcome: 'acknowledged' | 'operation_timeout' | 'dispatch_failed' | 'http_error';
  readonly tookMs: number;
};

import type { UserId } from '../domain/identifiers.ts';

/** What the chat knows of somebody. */
export interface Person {
  /** Of another company, or of no workspace at all: a bot, or somebody who has left. */
  readonly isOutsider: boolean;
  /** Invited to some channels only. */
  readonly isGuest: boolean;
  /** Looks after the workspace itself. */
  readonly isWorkspaceAdmin: boolean;
}

/** The people of the chat. Both throw `slack.*` errors where the chat cannot tell. */
export interface People {
  person(user: UserId): Promise<Person>;
  /** Members of a user group, given by its id. */
  membersOf(group: string): Promise<ReadonlySet<UserId>>;
}

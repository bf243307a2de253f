import type { UserId } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { Role } from '../domain/role.ts';

/** Who may do what. */
export interface Access {
  /**
   * The person's role over a model, or over Driftbell as a whole where none is named; undefined for somebody who may
   * do nothing here, such as a person of another company. What cannot be found out counts as not granted.
   */
  roleOf(user: UserId, model?: Model): Promise<Role | undefined>;
  /** Why somebody may have no role. `unknown`: the chat does not say who it is. */
  standingOf(user: UserId): Promise<Standing>;
}

/** `outsider`: of another company, whom no list gives a role. */
export type Standing = 'member' | 'outsider' | 'unknown';

import { DriftbellError } from '../src/domain/errors.ts';
import type { UserId } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import { isAtLeast, type Role } from '../src/domain/role.ts';
import type { Access } from '../src/ports/access.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Stores } from '../src/ports/stores.ts';
import { doctor } from './doctor.ts';

export interface AuthoriseDeps {
  readonly access: Access;
  readonly stores: Pick<Stores, 'audit'>;
  readonly clock: Clock;
}

export interface Request {
  readonly user: UserId;
  /** What is wanted, as the audit names it: `model.mute`, `/drift retire`. */
  readonly action: string;
  readonly need: Role;
  /** Whose owners may do it; absent: Driftbell as a whole. */
  readonly model?: Model;
}

/** The first line of every verb that a person reaches. Throws `access.denied`, and keeps who was denied what. */
export async function authorise(deps: AuthoriseDeps, { user, action, need, model }: Request): Promise<void> {
  const role = await deps.access.roleOf(user, model);
  if (isAtLeast(role, need)) return;
  const subject = model === undefined ? 'driftbell' : `model:${model.slug}`;
  deps.stores.audit.add({
    at: deps.clock.now(),
    by: user,
    action: 'access.denied',
    subject,
    facts: { wanted: action, need, role: role ?? 'none' },
  });
  if (role === undefined) throw await refusalOf(deps.access, user, need);
  throw new DriftbellError('access.denied', {
    expected: `the role ${need}${model === undefined ? '' : ` for ${model.slug}`}`,
    received: `yours, which is ${role}`,
    remedy: remedyFor(need, role, model),
  });
}

/** Of somebody who may not even look: whom to ask depends on why. */
async function refusalOf(access: Access, user: UserId, need: Role): Promise<DriftbellError> {
  const standing = await access.standingOf(user);
  if (standing === 'unknown') {
    return new DriftbellError('access.denied', {
      expected: 'Slack to say who you are',
      received: 'no answer from it, so that you count as nobody',
      remedy: 'try again in a minute; if it stays so, whoever runs Driftbell sees why with `driftbell doctor`',
    });
  }
  if (standing === 'outsider') {
    return new DriftbellError('access.denied', {
      expected: 'a member of this Slack workspace',
      received: 'somebody from outside, and people of other organisations are refused',
      remedy:
        'ask a member of this channel: `/drift list --share`, for instance, shows its answer to the whole channel',
    });
  }
  return new DriftbellError('access.denied', {
    expected: `the role ${need}`,
    received: 'a person who has no role in Driftbell',
    remedy: 'ask whoever runs Driftbell here to name you in `DRIFTBELL_VIEWERS`, or to let everyone look',
  });
}

/** Who gives roles where `DRIFTBELL_ADMINS` names nobody. */
const ADMIN = 'an admin of Driftbell (of this Slack workspace, where none is named)';

function remedyFor(need: Role, role: Role, model: Model | undefined): string {
  if (need !== 'admin' && model !== undefined && model.owners.length > 0) {
    return `ask an owner of ${model.slug}, whom \`/drift status ${model.slug}\` names`;
  }
  if (isAtLeast(role, doctor.role)) return `ask ${ADMIN}; \`/drift doctor\` names the settings`;
  return need === 'responder'
    ? `ask a responder to do it, or ${ADMIN} to make you one`
    : `ask ${ADMIN} to do it, or to give you the role`;
}

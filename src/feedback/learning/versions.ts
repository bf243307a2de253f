import type { StoredDetector } from '../../domain/detector.ts';
import { DriftbellError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/identifiers.ts';
import type { LearnedVersion } from '../../domain/learned-version.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/stores.ts';

export interface VersionDeps {
  readonly stores: Pick<Stores, 'corrections' | 'audit' | 'transaction'>;
  readonly detector: Pick<StoredDetector, 'id'>;
  readonly clock: Clock;
}

/** Back to the version before, or to a named one, at once. Throws `usage.invalid`. */
export function rollback(deps: VersionDeps, { by, to }: { readonly by: UserId; readonly to?: number }): LearnedVersion {
  const { stores, detector } = deps;
  return stores.transaction(() => {
    const current = inForce(deps);
    const versions = stores.corrections.list(detector.id);
    // As it was shipped it is never too bad to go back to, even where it was left by a rollback.
    const wasInForce = ({ number, state, promotedAt }: LearnedVersion) =>
      (state === 'retired' || number === 0) && promotedAt !== undefined && number < current.number;
    const target = to === undefined ? versions.find(wasInForce) : versions.find(({ number }) => number === to);
    if (target === undefined || target.id === current.id) {
      const others = versions.filter(({ id }) => id !== current.id);
      if (to === undefined) throw unknownVersion(others, `version ${current.number}, before which there is none`);
      throw unknownVersion(others, `version ${to}${target === undefined ? '' : ', which is in force'}`);
    }
    // Only what is gone back from was bad: what is left for a newer version may be gone back to.
    const leaving = target.number < current.number ? 'rolled_back' : 'retired';
    return activate(deps, target, { by, leaving, action: 'detector.rollback', from: current.number });
  });
}

/** Keeps a version in force, whatever votes say, until it is unpinned. Throws `usage.invalid`. */
export function pin(
  deps: VersionDeps,
  { by, number }: { readonly by: UserId; readonly number?: number },
): LearnedVersion {
  const { stores, detector } = deps;
  return stores.transaction(() => {
    const current = inForce(deps);
    const wanted = number ?? current.number;
    const versions = stores.corrections.list(detector.id);
    const target = versions.find((version) => version.number === wanted);
    if (target === undefined) throw unknownVersion(versions, `version ${wanted}`);
    const isOther = target.id !== current.id;
    const change = { by, leaving: 'retired', action: 'detector.pin', from: current.number } as const;
    const kept = isOther ? activate(deps, target, change) : target;
    stores.corrections.pin(kept.id, true);
    if (!isOther) audit(deps, by, 'detector.pin', { number: kept.number });
    return { ...kept, isPinned: true };
  });
}

/** Lets votes go on; a number must be that of the version that is pinned. Throws `usage.invalid`. */
export function unpin(
  deps: VersionDeps,
  { by, number }: { readonly by: UserId; readonly number?: number },
): LearnedVersion {
  return deps.stores.transaction(() => {
    const current = inForce(deps);
    const wanted = number ?? current.number;
    if (!current.isPinned || wanted !== current.number) throw notPinned(current, wanted);
    deps.stores.corrections.pin(current.id, false);
    audit(deps, by, 'detector.unpin', { number: current.number });
    return { ...current, isPinned: false };
  });
}

function inForce({ stores, detector }: VersionDeps): LearnedVersion {
  const version = stores.corrections.inForce(detector.id)?.version;
  if (version !== undefined) return version;
  throw new DriftbellError('usage.invalid', {
    expected: 'a detector that has learned something',
    received: 'one that is as it was shipped',
    remedy: 'vote on reports; learning comes every night, or at once with "driftbell learn --now"',
  });
}

interface Change {
  readonly by: UserId;
  readonly leaving: 'retired' | 'rolled_back';
  readonly action: string;
  readonly from: number;
}

function activate(deps: VersionDeps, target: LearnedVersion, { by, leaving, action, from }: Change): LearnedVersion {
  const active = deps.stores.corrections.activate(target.id, { by, at: deps.clock.now(), leaving });
  if (active === undefined) throw unknownVersion([], `version ${target.number}, whose weights are damaged`);
  audit(deps, by, action, { from, to: target.number });
  return active;
}

function audit({ stores, detector, clock }: VersionDeps, by: UserId, action: string, facts: Record<string, unknown>) {
  stores.audit.add({ at: clock.now(), by, action, subject: `detector:${detector.id}`, facts });
}

function notPinned({ number, isPinned }: LearnedVersion, wanted: number): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: isPinned ? `version ${number}, which is pinned` : 'a version that is pinned',
    received: `version ${wanted}, which is not`,
    remedy: isPinned ? 'unpin that one, or leave the number out' : 'leave it as it is: votes are learned from',
  });
}

function unknownVersion(versions: readonly LearnedVersion[], received: string): DriftbellError {
  const known = versions.map(({ number }) => number);
  return new DriftbellError('usage.invalid', {
    expected:
      known.length === 0
        ? 'a version to go to'
        : known.length === 1
          ? `version ${known[0]}`
          : `one of the versions ${known.join(', ')}`,
    received,
    remedy: 'list them with "/drift detector"',
  });
}

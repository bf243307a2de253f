import type { StoredDetector } from '../domain/detector.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { UserId } from '../domain/identifiers.ts';
import type { LearnedVersion } from '../domain/learned-version.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';

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
    const wasInForce = ({ number, state, promotedAt }: LearnedVersion) =>
      state === 'retired' && promotedAt !== undefined && number < current.number;
    const target = to === undefined ? versions.find(wasInForce) : versions.find(({ number }) => number === to);
    if (target === undefined || target.id === current.id) {
      const received = to === undefined ? `version ${current.number}, before which there is none` : `version ${to}`;
      throw unknownVersion(versions, received);
    }
    return activate(deps, target, { by, leaving: 'rolled_back', action: 'detector.rollback', from: current.number });
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

/** Lets votes go on. */
export function unpin(deps: VersionDeps, { by }: { readonly by: UserId }): LearnedVersion {
  return deps.stores.transaction(() => {
    const current = inForce(deps);
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

function unknownVersion(versions: readonly LearnedVersion[], received: string): DriftbellError {
  const known = versions.map(({ number }) => number).join(', ');
  return new DriftbellError('usage.invalid', {
    expected: known === '' ? 'a version to go to' : `one of the versions ${known}`,
    received,
    remedy: 'list them with "/drift detector"',
  });
}

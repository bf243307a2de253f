import type { StoredDetector } from '../domain/detector.ts';
import { SYSTEM_USER } from '../domain/identifiers.ts';
import { plainMessage } from '../messages/message.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Stores } from '../ports/stores.ts';
import { detectorHealth } from './detector-health.ts';

export interface DecayDeps {
  readonly stores: Pick<
    Stores,
    'models' | 'votes' | 'labels' | 'reports' | 'corrections' | 'audit' | 'outbox' | 'transaction'
  >;
  readonly detector: StoredDetector;
  readonly clock: Clock;
  readonly logger: Logger;
}

const DECAYS = 'detector.decay';
const RECOVERS = 'detector.recover';

/**
 * Tells people that the detector decays, once until it has recovered: the channels of the models with labels in the weeks
 * that are worse, as there are those who can look, and the operator's log. True where it was told now.
 */
export function announceDecay({ stores, detector, clock, logger }: DecayDeps): boolean {
  const now = clock.now();
  const health = detectorHealth({ stores, learning: { detector } }, { now });
  const subject = `detector:${detector.id}`;
  return stores.transaction(() => {
    const said = stores.audit.of(subject).filter(({ action }) => action === DECAYS || action === RECOVERS);
    const isKnown = said.toSorted((a, b) => b.at - a.at)[0]?.action === DECAYS;
    if (health.isDecaying === isKnown) return false;
    const action = health.isDecaying ? DECAYS : RECOVERS;
    stores.audit.add({ at: now, by: SYSTEM_USER, action, subject, facts: health.decay });
    if (health.alarm === undefined) return false;
    const channels = new Set(
      stores.models
        .list()
        .filter(({ slug }) => health.recentModels.includes(slug))
        .map(({ channel }) => channel),
    );
    for (const channel of channels) {
      const message = plainMessage(`${health.alarm} See \`/drift detector\`.`);
      stores.outbox.add({ key: `decay:${detector.id}:${now}:${channel}`, kind: 'channel', channel, message, at: now });
    }
    logger.warn({ ...health.decay, channels: [...channels] }, 'The detector decays by the votes of people.');
    return true;
  });
}

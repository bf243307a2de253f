import type { StoredDetector } from '../../domain/detector.ts';
import { SYSTEM_USER } from '../../domain/identifiers.ts';
import { plainMessage } from '../../messages/message.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Stores } from '../../ports/stores.ts';
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

/** What the audit keeps of each way to decay, so that it is told once. */
const ACTIONS = {
  precision: { decays: 'detector.decay', recovers: 'detector.recover' },
  calibration: { decays: 'detector.uncalibrated', recovers: 'detector.calibrated' },
} as const;

/**
 * Tells people that the detector decays, in precision or in calibration, once until it has recovered: the channels of the
 * models with labels in the weeks that are worse, as there are those who can look, and the operator's log. True where it was
 * told now.
 */
export function announceDecay({ stores, detector, clock, logger }: DecayDeps): boolean {
  const now = clock.now();
  const health = detectorHealth({ stores, learning: { detector } }, { now });
  const { calibration } = health;
  const subject = `detector:${detector.id}`;
  const found = [
    { ...ACTIONS.precision, isDecaying: health.isDecaying, facts: health.decay },
    { ...ACTIONS.calibration, isDecaying: calibration?.isDecaying === true, facts: calibration ?? {} },
  ];
  return stores.transaction(() => {
    const said = stores.audit.of(subject).toSorted((a, b) => b.at - a.at);
    const changed = found.filter(({ decays, recovers, isDecaying }) => {
      const last = said.find(({ action }) => action === decays || action === recovers);
      return isDecaying !== (last?.action === decays);
    });
    for (const { decays, recovers, isDecaying, facts } of changed) {
      stores.audit.add({ at: now, by: SYSTEM_USER, action: isDecaying ? decays : recovers, subject, facts });
    }
    if (health.alarm === undefined || !changed.some(({ isDecaying }) => isDecaying)) return false;
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
    logger.warn(
      { ...health.decay, calibration, channels: [...channels] },
      'The detector decays by the votes of people.',
    );
    return true;
  });
}

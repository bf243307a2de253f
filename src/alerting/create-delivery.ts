import { type DeliverDeps, type DeliveryCounts, deliverDue } from './deliver.ts';
import { createMuteWatch, type MuteEndedDeps } from './mute-ended.ts';

/** What the outbox worker does at every turn: sends what is due, the news of mutes that have ended among it. */
export function createDelivery(deps: DeliverDeps & MuteEndedDeps): (signal: AbortSignal) => Promise<DeliveryCounts> {
  const watchMutes = createMuteWatch(deps);
  return (signal) => {
    watchMutes();
    return deliverDue(deps, signal);
  };
}

import type { Model } from '../src/domain/model.ts';
import { type Window, windowAt } from '../src/domain/window.ts';
import { formatWindow, formatWindows } from '../src/messages/format-window.ts';
import type { Stores } from '../src/ports/stores.ts';

/** Of windows that the model does not have, which ones it has. Undefined where it has one of them. */
export function absentWindows(
  stores: Pick<Stores, 'statistics'>,
  { id, slug, zone, granularity }: Model,
  { from, to }: { readonly from: Window; readonly to: Window },
): string | undefined {
  const starts = stores.statistics.windowStarts(id);
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined) return `${slug} has no window yet.`;
  if (starts.some((startMs) => startMs >= from.startMs && startMs <= to.startMs)) return undefined;
  const [oldest, newest] = [first, last].map((startMs) => formatWindow(windowAt(startMs, zone, granularity), zone));
  return `${slug} has no window of ${formatWindows(from, to, zone)}: those that it has are from ${oldest} to ${newest}.`;
}

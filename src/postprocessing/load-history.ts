import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { type Window, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { type ContextDeps, contextsOf } from './context.ts';
import { type Candidate, candidatesOf, type History, REPLAY_REACH } from './replay-reports.ts';

export interface HistoryDeps extends ContextDeps {
  readonly stores: ContextDeps['stores'] & Pick<Stores, 'detections'>;
  /** Lets what waits on the same thread have a turn. */
  readonly letOthersIn: () => Promise<void>;
}

/** Windows that are read at once: a hundred thousand detections of a wide model. */
const CHUNK_WINDOWS = 42;

/** The stored judgements of windows within [fromMs, toMs) of a model, ready to be replayed. */
export async function loadHistory(
  deps: HistoryDeps,
  input: { readonly model: Model; readonly fromMs: EpochMs; readonly toMs: EpochMs; readonly now: EpochMs },
): Promise<History | undefined> {
  const { model, fromMs, toMs, now } = input;
  const windows = windowsBetween(fromMs, toMs, model.zone, model.granularity);
  const [from, to] = [windows[0], windows.at(-1)];
  if (from === undefined || to === undefined) return undefined;
  const candidates: Candidate[] = [];
  let judgedWindows = 0;
  for (let place = 0; place < windows.length; place += CHUNK_WINDOWS) {
    const stretch = readStretch(deps, model, windows, place);
    candidates.push(...stretch.candidates);
    judgedWindows += stretch.judgedWindows;
    await deps.letOthersIn();
  }
  return { windows, judgedWindows, candidates, contextAt: contextsOf(deps, { model, from, to, now }) };
}

function readStretch(
  { stores }: HistoryDeps,
  model: Model,
  windows: readonly Window[],
  place: number,
): { readonly candidates: readonly Candidate[]; readonly judgedWindows: number } {
  const lead = Math.min(place, REPLAY_REACH - 1);
  const stretch = windows.slice(place - lead, place + CHUNK_WINDOWS);
  const [first, start, last] = [stretch[0], stretch[lead], stretch.at(-1)];
  if (first === undefined || start === undefined || last === undefined) return { candidates: [], judgedWindows: 0 };
  const detections = stores.detections.between(model.id, first.startMs, last.endMs);
  const judged = detections.filter(({ forecast, window }) => forecast !== undefined && window.startMs >= start.startMs);
  return {
    candidates: candidatesOf(detections, { windows: stretch, lead, firstPlace: place }),
    judgedWindows: new Set(judged.map(({ window }) => window.startMs)).size,
  };
}

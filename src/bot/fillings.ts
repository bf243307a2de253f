import type { ModelId } from '../domain/identifiers.ts';
import type { Progress } from '../ports/progress.ts';

/** Histories that this process computes. Who judges a window of such a model waits, or judges it by half of its past. */
export interface Fillings {
  /** Does the work of a history; `told` is shown to whoever waits. */
  run<T>(modelId: ModelId, work: (told: Progress) => Promise<T>): Promise<T>;
  /** Until no history of the model is under way, however that ended; at once where there is none. Tells how far it is. */
  settled(modelId: ModelId, tell?: (words: string) => void): Promise<void>;
}

const WORDS = 'its history is still being computed';

interface Filling {
  readonly end: Promise<unknown>;
  readonly listeners: Set<(words: string) => void>;
  /** The newest, for those who come later. */
  words: string;
}

export function createFillings(): Fillings {
  const underWay = new Map<ModelId, Filling>();

  return {
    run(modelId, work) {
      const before = underWay.get(modelId)?.end;
      const told: Progress = (done, total, step) => {
        filling.words = `${WORDS}: ${step}, ${done} of ${total}.`;
        for (const listener of filling.listeners) listener(filling.words);
      };
      const running = Promise.resolve().then(() => work(told));
      const filling: Filling = {
        ...{ end: Promise.allSettled([running, before]), listeners: new Set<(words: string) => void>() },
        words: `${WORDS}.`,
      };
      underWay.set(modelId, filling);
      void filling.end.then(() => {
        if (underWay.get(modelId) === filling) underWay.delete(modelId);
      });
      return running;
    },

    async settled(modelId, tell = () => undefined) {
      for (let filling = underWay.get(modelId); filling !== undefined; filling = underWay.get(modelId)) {
        tell(filling.words);
        filling.listeners.add(tell);
        await filling.end;
      }
    },
  };
}

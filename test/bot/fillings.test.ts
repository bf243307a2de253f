import { describe, expect, it } from 'vitest';
import { createFillings } from '../../src/bot/fillings.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import type { Progress } from '../../src/ports/progress.ts';

const CHURN = 1 as ModelId;

/** Work that ends when the test says so. */
function held() {
  let end: (error?: Error) => void = () => undefined;
  let told: Progress = () => undefined;
  const work = (tell: Progress): Promise<void> => {
    told = tell;
    return new Promise((resolve, reject) => {
      end = (error) => (error === undefined ? resolve() : reject(error));
    });
  };
  return { work, end: (error?: Error) => end(error), tell: (...step: Parameters<Progress>) => told(...step) };
}

describe('a history that is being computed', () => {
  it('is waited for, with how far it is, and no longer when it has ended', async () => {
    const fillings = createFillings();
    const one = held();
    const filled = fillings.run(CHURN, one.work);
    await Promise.resolve();
    const [words, order]: string[][] = [[], []];
    const waiting = fillings.settled(CHURN, (said) => words?.push(said)).then(() => order?.push('judged'));

    one.tell(3, 9, 'forecasting 2026-03-04');
    order?.push('filled');
    one.end();
    await Promise.all([filled, waiting]);
    await fillings.settled(CHURN, (said) => words?.push(said));

    expect(order).toEqual(['filled', 'judged']);
    expect(words).toEqual([
      'its history is still being computed.',
      'its history is still being computed: forecasting 2026-03-04, 3 of 9.',
    ]);
  });

  it('that fails, or is begun anew, keeps nobody waiting for ever', async () => {
    const fillings = createFillings();
    const [one, two] = [held(), held()];
    const failing = fillings.run(CHURN, one.work);
    const anew = fillings.run(CHURN, two.work);
    await Promise.resolve();
    let isSettled = false;
    const waiting = fillings.settled(CHURN).then(() => {
      isSettled = true;
    });

    two.end();
    await anew;
    expect(isSettled, 'while the first is under way').toBe(false);
    one.end(new Error('disk full'));

    await expect(failing).rejects.toThrow('disk full');
    await waiting;
    await expect(fillings.settled(2 as ModelId)).resolves.toBeUndefined();
  });
});

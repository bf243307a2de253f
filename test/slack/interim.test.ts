import { describe, expect, it } from 'vitest';
import { plainMessage } from '../../src/messages/message.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { createInterim } from '../../src/slack/interim.ts';
import { fakeClock } from '../builders/stores.ts';

const sight = (text: string) => ({ message: plainMessage(text), visibility: 'ephemeral' as const });

function record(refused: readonly string[] = []) {
  const sent: string[] = [];
  const clock = fakeClock();
  const interim = createInterim(async ({ message: { text } }, { isReplacing }) => {
    if (refused.includes(text)) throw new Error('no');
    sent.push(isReplacing ? `= ${text}` : text);
  }, clock);
  return { sent, clock, interim };
}

describe('what is seen of long work', () => {
  it('is nothing but the result when it was quick', async () => {
    const { sent, interim } = record();

    await interim.end(sight('done'));

    expect(sent).toEqual(['done']);
  });

  it('uses a response URL five times at most, however much there is to tell', async () => {
    const { sent, clock, interim } = record();

    for (let second = 0; second < 3_000; second += 1) {
      await interim.show(sight(`${second}`));
      clock.set(clock.now() + 1_000);
    }
    await interim.end(sight('done'));

    expect(sent).toEqual(['0', '= 3', '= 18', '= 78', '= done']);
  });

  it('is nothing but the result when it ended within the patience, else the newest of what there is to tell', async () => {
    const sent: string[] = [];
    const clock = createSystemClock();
    const quick = createInterim(async ({ message }) => void sent.push(message.text), clock, 10_000);
    await quick.show(sight('working'));
    await quick.end(sight('done'));
    expect(sent.splice(0)).toEqual(['done']);

    const slow = createInterim(async ({ message }) => void sent.push(message.text), clock, 50);
    await slow.show(sight('1 of 9'));
    await slow.show(sight('2 of 9'));
    while (sent.length === 0) await clock.sleep(5);
    await slow.end(sight('done'));
    expect(sent).toEqual(['2 of 9', 'done']);
  });

  it('is the result all the same when a sight was refused', async () => {
    const { sent, interim } = record(['first']);

    await interim.show(sight('first'));
    await interim.end(sight('done'));

    expect(sent).toEqual(['done']);
  });
});

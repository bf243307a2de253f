import { afterEach, describe, expect, it } from 'vitest';
import { plainMessage } from '../../src/messages/message.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import type { CommandInput } from '../../src/slack/index.ts';
import { ANNA, type BenchOptions, type SlackBench, startBench, until } from './slack-bench.ts';

let bench: SlackBench | undefined;
const clock = createSystemClock();

async function start(options: BenchOptions = {}): Promise<SlackBench> {
  bench = await startBench(options);
  return bench;
}

afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

describe('what is shown while work goes on', () => {
  it.each(['ephemeral', 'in_channel'] as const)(
    'shows long work on a mention in a reply, of which nothing but the answer is left: %s',
    async (visibility) => {
      const run = async ({ meanwhile }: CommandInput) => {
        await meanwhile({ message: plainMessage('Working on it …'), visibility });
        await clock.sleep(1_800);
        return { message: plainMessage('here you are'), visibility };
      };
      const { workspace, channel } = await start({ answers: { run } });
      const replies = () => workspace.state.messages(channel).filter(({ isFromApp }) => isFromApp);

      await workspace.say({ user: ANNA, channel, text: '@driftbell backtest churn' });

      await until(() => replies()[0]?.text === 'Working on it …', 'that it works');
      const heard = () => [...replies(), ...workspace.state.ephemerals(channel)].map(({ text }) => text);
      await until(() => heard().includes('here you are'), 'the answer');
      expect(heard()).toEqual(['here you are']);
    },
  );

  it('does not put the picture of an older tab over what it shows by then', async () => {
    let draw: () => void = () => undefined;
    const drawn = new Promise<void>((resolve) => {
      draw = resolve;
    });
    let views = 0;
    const { workspace } = await start({
      home: {
        view: async () => {
          views += 1;
          if (views > 1) return { message: plainMessage('newer words') };
          return {
            message: plainMessage('older words'),
            withPicture: async () => {
              await drawn;
              return plainMessage('older picture');
            },
          };
        },
      },
    });
    const shown = () => JSON.stringify(workspace.state.home(ANNA)?.blocks ?? []);
    await workspace.openHome(ANNA);
    await until(() => shown().includes('older words'), 'the tab');
    await workspace.openHome(ANNA);
    await until(() => shown().includes('newer words'), 'the newer tab');

    draw();

    const published = () => workspace.state.calls().filter(({ method }) => method === 'views.publish').length;
    await until(() => published() >= 3, 'the picture');
    expect(shown()).toContain('newer words');
  });
});

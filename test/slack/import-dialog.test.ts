import { afterEach, describe, expect, it } from 'vitest';
import { plainMessage } from '../../src/messages/message.ts';
import { waitFor } from '../wait-for.ts';
import type { DoorAnswers } from './recording-doors.ts';
import { ANNA, type SlackBench, startBench } from './slack-bench.ts';

type CheckImport = NonNullable<NonNullable<DoorAnswers['forms']>['checkImport']>;

/** Longer than a submission may wait for its answer. */
const SLOW_MS = 3_500;

describe('a file of models whose sources take long to look at', () => {
  let bench: SlackBench | undefined;

  afterEach(async () => bench?.close());

  async function paste(answer: Awaited<ReturnType<CheckImport>>) {
    const checkImport: CheckImport = async () => {
      await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
      return answer;
    };
    bench = await startBench({
      answers: {
        run: async ({ openImport }) => {
          await openImport?.();
          return { message: plainMessage('opened'), visibility: 'ephemeral' };
        },
        forms: { checkImport },
      },
    });
    const { workspace, channel } = bench;
    const shown = () => JSON.stringify(workspace.state.views(ANNA).at(-1) ?? {});
    const until = (words: string) => waitFor(() => shown().includes(words) && shown(), words, { seconds: 10, shown });
    await workspace.issueCommand({ user: ANNA, channel, text: '/drift import' });
    await until('field:file');
    const viewId = workspace.state.views(ANNA).at(-1)?.id ?? '';
    const outcome = await workspace.submitView({
      ...{ user: ANNA, viewId, values: { 'field:file': { 'input.value': 'models: []' } } },
    });
    return { outcome, until, pending: shown() };
  }

  it('is acknowledged in time, and then says what would change', async () => {
    const { outcome, until, pending } = await paste({ isFine: true, found: plainMessage('2 new models'), draftId: 7 });

    expect(outcome).toMatchObject({ ok: true });
    expect(pending).toContain('Looking at the sources');
    expect(await until('2 new models')).toContain('"submit"');
  }, 20_000);

  it.each([
    ['of its models', { isFine: false, refused: plainMessage('churn: no such file') } as const, 'churn: no such file'],
    ['of the file', { isFine: false, error: 'no such channel' } as const, 'no such channel'],
  ])(
    'shows what is wrong %s above the text as it was pasted',
    async (_, answer, words) => {
      const { until } = await paste(answer);

      expect(await until(words)).toContain('"initial_value":"models: []"');
    },
    20_000,
  );
});

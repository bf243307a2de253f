import type { ModelFormDeps } from '../../commands/index.ts';
import type { Picture } from '../alerting/index.ts';
import type { ChartRequest } from '../domain/chart-request.ts';
import { describeThrown } from '../domain/errors.ts';
import type { TablePreview } from '../messages/form.ts';
import type { Clock } from '../ports/clock.ts';
import type { PreviewTable } from './preview-table.ts';

/** Longer than that nobody keeps a dialog open to look at a number. */
const PATIENCE_MS = 60_000;

export interface FormPreviewDeps {
  readonly clock: Clock;
  readonly picture: (request: ChartRequest, name: string) => Promise<Picture>;
  readonly previewTable: PreviewTable | undefined;
}

/** What a dialog shows of the past; whatever goes wrong becomes a sentence. */
export function createFormPreview({ clock, picture, previewTable }: FormPreviewDeps): ModelFormDeps['preview'] {
  return async (settings, signal): Promise<TablePreview> => {
    if (previewTable === undefined)
      return { state: 'unknown', reason: 'What the past would have reported is not counted here.' };
    const patience = new AbortController();
    const stop = AbortSignal.any([signal, patience.signal]);
    const timer = clock.sleep(PATIENCE_MS, stop).then(
      () => patience.abort(),
      () => undefined,
    );
    try {
      const { chart, ...told } = await previewTable(settings, stop);
      const drawn = chart && (await picture(chart, `${settings.slug}-preview`));
      return {
        state: 'known',
        ...told,
        ...(drawn?.fileId === undefined ? {} : { chart: { fileId: drawn.fileId, altText: drawn.altText } }),
      };
    } catch (thrown) {
      if (patience.signal.aborted) {
        return {
          state: 'unknown',
          reason:
            'Counting what its newest 90 days would have reported takes longer than a minute: `/drift backtest` tells it afterwards.',
        };
      }
      return {
        state: 'unknown',
        reason: `What the past would have reported could not be counted: ${describeThrown(thrown)}`,
      };
    } finally {
      patience.abort();
      await timer;
    }
  };
}

import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from '../ports/logger.ts';
import { fromSlackError, slackErrorName } from './errors.ts';

/** Acknowledges a submission: with errors at fields, or with the view that takes its place. */
export type AckDialog = (
  answer:
    | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
    | { readonly response_action: 'update'; readonly view: ModalView },
) => Promise<void>;

export interface Dialog {
  /** False once it has been answered: then fields can be told nothing any more. */
  isWaiting(): boolean;
  errors(errors: Record<string, string>): Promise<void>;
  /** Shows a view in its place, in the acknowledgement when there has been none. */
  show(view: ModalView): Promise<void>;
}

/**
 * A dialog that was submitted, or, without an `ack`, in which something was pressed. Slack wants an answer within three
 * seconds; what takes longer is shown by an update.
 */
export function createDialog(
  { client, ack, logger }: { readonly client: WebClient; readonly ack?: AckDialog; readonly logger: Logger },
  viewId: string,
): Dialog {
  let isWaiting = ack !== undefined;
  return {
    isWaiting: () => isWaiting,
    async errors(errors) {
      isWaiting = false;
      await ack?.({ response_action: 'errors', errors });
    },
    async show(view) {
      if (isWaiting) {
        isWaiting = false;
        await ack?.({ response_action: 'update', view });
        return;
      }
      try {
        await client.views.update({ view_id: viewId, view });
      } catch (thrown) {
        // The person has closed it meanwhile.
        if (slackErrorName(thrown) !== 'not_found') throw fromSlackError(thrown, 'views.update');
        logger.info({ viewId }, 'A dialog was closed before its answer came.');
      }
    },
  };
}

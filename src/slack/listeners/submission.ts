import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Clock } from '../../ports/clock.ts';
import { type AckDialog, createDialog } from '../dialog.ts';
import { parsePayload, ViewSubmission } from '../payloads.ts';
import { requestOf } from '../request.ts';
import { plainView } from '../views/plain-view.ts';

export type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** What every submission begins with: errors of ours are shown in the dialog that was submitted. */
export function beginDialog(args: SubmitArgs) {
  const { user, view } = parsePayload(ViewSubmission, args.body);
  const opened = requestOf(args);
  const dialog = createDialog({ client: args.client, ack: args.ack as AckDialog, logger: opened.log }, view.id);
  opened.tellError = (message) => dialog.show(plainView('Not done', message));
  return { dialog, user: user.id, view };
}

/** Half of what Slack waits for: the other half is for the way there and back. */
const PATIENCE_MS = 1_500;

/** What the work gives while Slack still waits; undefined where it takes longer. It goes on, and is to be awaited then. */
export async function whileSlackWaits<T>(work: Promise<T>, clock: Pick<Clock, 'sleep'>): Promise<T | undefined> {
  work.catch(() => undefined);
  await Promise.race([work.catch(() => undefined), clock.sleep(PATIENCE_MS)]);
  return Promise.race([work, Promise.resolve(undefined)]);
}

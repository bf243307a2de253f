import { digestChannels } from '../src/alerting/index.ts';
import { digestTimeWords } from '../src/domain/digest-plan.ts';
import { homeActions } from '../src/domain/home-action.ts';
import type { EpochMs } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { type Action, bold, type Inline, type MessageBlock, sentence, text } from '../src/messages/message.ts';
import type { Stores } from '../src/ports/stores.ts';

export interface HomeDigestDeps {
  readonly stores: Pick<Stores, 'digestPlans' | 'models'>;
  readonly nextDigest: (channel: string) => EpochMs | undefined;
}

/** When the channels of the models on a page get their weekly digest; nothing where there are no models. */
export function digestBlocks(deps: HomeDigestDeps, models: readonly Model[]): MessageBlock[] {
  if (models.length === 0) return [];
  const onPage = new Set(models.map(({ channel }) => channel));
  // The zone is that of most models of the channel, on whatever page they are.
  const shown = digestChannels(deps.stores.models.list()).filter(({ channel }) => onPage.has(channel));
  const items = shown.map(({ channel, zone }) => channelLine(deps, channel, zone));
  const hint = sentence('`/drift digest` in a channel shows you its week at any time.');
  return [
    { type: 'list', items, overflowNote: 'channels' },
    { type: 'context', content: hint },
  ];
}

/** Opens the dialog of the digest of a model's channel; for whoever may change the model. */
export function digestButton({ slug, channel }: Model): Action {
  return {
    type: 'button',
    action: homeActions.digest,
    text: 'Weekly digest',
    value: channel,
    accessibilityLabel: `Weekly digest of the channel of ${slug}`,
  };
}

/** `Weekly digest of #ml: Mondays at 09:00, next 7 Dec 2026, 09:00 CET`. */
function channelLine({ stores, nextDigest }: HomeDigestDeps, channel: string, zone: string): Inline {
  const plan = stores.digestPlans.of(channel);
  const at = nextDigest(channel);
  const head: Inline = [bold('Weekly digest'), text(' of '), { type: 'channel', channelId: channel }];
  if (at === undefined) return [...head, text(': off')];
  const next = `next ${formatInstant(at, zone)}`;
  if (plan === undefined) return [...head, text(`: ${next}`)];
  const place: Inline = plan.to === channel ? [] : [text(' in '), { type: 'channel', channelId: plan.to }];
  return [...head, text(`: ${digestTimeWords(plan)}`), ...place, text(`, ${next}`)];
}

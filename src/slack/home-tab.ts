import type { WebClient } from '@slack/web-api';
import type { UserId } from '../domain/identifiers.ts';
import type { Message } from '../messages/message.ts';
import { formatMessage } from './block-kit.ts';
import { degradations, degrade } from './degrade.ts';
import type { HomeDoor } from './doors.ts';
import { fromSlackError, slackErrorName } from './errors.ts';

export interface HomeInput {
  readonly user: UserId;
  readonly page: number;
  readonly notice?: string;
  /** Of the tab as the person sees it. */
  readonly hash?: string;
}

export interface HomeTab {
  /** Shows the tab as things stand now, first in words, then with its picture. */
  show(client: WebClient, input: HomeInput): Promise<void>;
}

export function createHomeTab(door: HomeDoor): HomeTab {
  return {
    async show(client, { user, page, notice, hash }) {
      const { message, withPicture } = await door.view({ user, page, ...(notice === undefined ? {} : { notice }) });
      const published = await publish(client, { user, message, hash });
      if (withPicture === undefined) return;
      // Drawing takes a while: a tab that shows something newer by then keeps it.
      await publish(client, { user, message: await withPicture(), hash: published, isOnlyOver: true });
    },
  };
}

interface Publication {
  readonly user: UserId;
  readonly message: Message;
  /** What the tab was when this was made. */
  readonly hash: string | undefined;
  /** Where the tab is something else by now, it stays so; else the newest word counts all the same. */
  readonly isOnlyOver?: true;
}

/** In a plainer form where Slack refuses the blocks. Resolves with the hash of what is shown then. */
async function publish(
  client: WebClient,
  { user, message, hash, isOnlyOver }: Publication,
): Promise<string | undefined> {
  let refusal: unknown;
  for (const level of ['full', ...degradations] as const) {
    // The tab knows no feedback buttons, so they become plain ones.
    const options = { feedback: 'buttons', surface: 'view' } as const;
    const { blocks } = level === 'full' ? formatMessage(message, options) : degrade(message, level, options);
    const view = { type: 'home' as const, blocks };
    for (const known of hash === undefined ? [undefined] : isOnlyOver ? [hash] : [hash, undefined]) {
      try {
        const answer = await client.views.publish({
          user_id: user,
          view,
          ...(known === undefined ? {} : { hash: known }),
        });
        return answer.view?.hash;
      } catch (thrown) {
        refusal = fromSlackError(thrown, 'views.publish');
        if (slackErrorName(thrown) !== 'hash_conflict') break;
        if (isOnlyOver) return undefined;
      }
    }
    if (!['invalid_blocks', 'invalid_arguments', 'view_too_large'].includes(slackErrorName(refusal) ?? '')) break;
  }
  throw refusal;
}

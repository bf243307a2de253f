import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { bold, code, type Message, text } from '../../messages/message.ts';
import { formatMessage } from '../block-kit.ts';
import type { HomeDoor } from '../doors.ts';
import { HomeOpened, parsePayload } from '../payloads.ts';

const welcome: Message = {
  text: 'Driftbell watches your models',
  blocks: [
    { type: 'header', text: 'Driftbell' },
    {
      type: 'paragraph',
      content: [
        text('Watches production models and posts one report when something leaves its expected band. '),
        text('Type '),
        code('/drift help'),
        text(' in any channel, '),
        code('/drift register'),
        text(' to add a model, and '),
        code('/drift status'),
        text(' to see how '),
        bold('your models'),
        text(' are.'),
      ],
    },
  ],
};

/** The home tab. It knows no feedback buttons, so they become plain ones. */
export function createHomeOpenedListener(door: HomeDoor | undefined) {
  return async ({ body, client }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs): Promise<void> => {
    const { team_id: teamId, event } = parsePayload(HomeOpened, body);
    if (event.tab !== 'home') return;
    const message = door === undefined ? welcome : await door.view({ user: event.user, teamId });
    const { blocks } = formatMessage(message, { feedback: 'buttons' });
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  };
}

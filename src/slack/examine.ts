import { WebClient } from '@slack/web-api';
import { describeThrown } from '../domain/errors.ts';
import { type Examined, ill, well } from '../domain/examined.ts';
import type { Logger } from '../ports/logger.ts';
import { createBoltLogger } from './bolt-logger.ts';
import { clientOptions } from './clients.ts';
import { botScopes } from './scopes.ts';
import type { SlackSettings } from './settings.ts';

/** A doctor may be waited for, but not long. */
const TIMEOUT_MS = 10_000;

/** Asks Slack whether the tokens are good and what they were granted. Nothing is posted. */
export async function examineSlack(settings: SlackSettings, logger: Logger): Promise<readonly Examined[]> {
  const { transport } = settings;
  return [
    ...(await examineBotToken(settings, logger)),
    ...(transport.mode === 'socket' ? [await examineAppToken(settings, transport.appToken, logger)] : []),
  ];
}

async function examineBotToken(settings: SlackSettings, logger: Logger): Promise<Examined[]> {
  try {
    const answer = await client(settings, settings.botToken, logger).auth.test();
    const granted = answer.response_metadata?.scopes;
    const who = well('Slack bot token', `It is ${answer.user} of the workspace ${answer.team}.`);
    return granted === undefined ? [who] : [who, examineScopes(granted)];
  } catch (thrown) {
    return [
      ill(
        'Slack bot token',
        `Slack refused it: ${describeThrown(thrown)}.`,
        'install the app to the workspace again and set SLACK_BOT_TOKEN to the new token',
      ),
    ];
  }
}

function examineScopes(granted: readonly string[]): Examined {
  const missing = botScopes().filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return well('Slack scopes', 'All that Driftbell uses are granted.');
  return ill(
    'Slack scopes',
    `Not granted: ${missing.join(', ')}.`,
    'paste manifest.json into the app’s manifest and install the app again',
  );
}

async function examineAppToken(settings: SlackSettings, appToken: string, logger: Logger): Promise<Examined> {
  try {
    await client(settings, appToken, logger).apps.connections.open();
    return well('Slack app token', 'It opens a Socket Mode connection.');
  } catch (thrown) {
    return ill(
      'Slack app token',
      `Slack refused it: ${describeThrown(thrown)}.`,
      'generate an app-level token with the scope connections:write and set SLACK_APP_TOKEN to it',
    );
  }
}

function client(settings: SlackSettings, token: string, logger: Logger): WebClient {
  return new WebClient(token, { ...clientOptions(settings, TIMEOUT_MS), logger: createBoltLogger(logger) });
}

import type { Config } from '../config.ts';
import type { SlackSettings } from '../slack/index.ts';

/** How the Slack edge is told of the tokens that the environment holds. */
export function slackSettings(slack: Exclude<Config['slack'], { kind: 'local' }>): SlackSettings {
  return {
    botToken: slack.botToken,
    apiUrl: slack.apiUrl,
    transport:
      slack.kind === 'socket'
        ? { mode: 'socket', appToken: slack.appToken }
        : { mode: 'http', signingSecret: slack.signingSecret, port: slack.port },
  };
}

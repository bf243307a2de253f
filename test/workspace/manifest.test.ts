import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appOfManifest } from '../../src/workspace/index.ts';

describe('an app of a manifest', () => {
  it('has what the manifest declares and nothing else', () => {
    const app = appOfManifest({
      features: {
        bot_user: { display_name: 'echobot' },
        slash_commands: [{ command: '/echo', description: 'Says it again', usage_hint: 'text' }],
        shortcuts: [{ type: 'message', name: 'Echo', callback_id: 'echo', description: 'Says it again' }],
      },
      oauth_config: { scopes: { bot: ['commands'] } },
      settings: { event_subscriptions: { bot_events: ['app_mention'] } },
    });

    expect(app).toEqual({
      botName: 'echobot',
      commands: [{ command: '/echo', description: 'Says it again', usageHint: 'text' }],
      shortcuts: [{ type: 'message', name: 'Echo', callbackId: 'echo', description: 'Says it again' }],
      scopes: ['commands'],
      events: ['app_mention'],
    });
  });

  it('is read from the manifest of this repository', () => {
    const text = readFileSync(join(import.meta.dirname, '../../manifest.json'), 'utf8');

    expect(appOfManifest(JSON.parse(text)).commands).toHaveLength(1);
  });

  it('is refused with what is missing', () => {
    expect(() => appOfManifest({ features: {} })).toThrow('bot_user');
  });
});

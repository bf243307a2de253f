import { describe, expect, it } from 'vitest';
import { createDeliveryClient, interactiveOptions } from '../../src/slack/clients.ts';
import { createRecordingLogger } from './recording-logger.ts';

const settings = {
  botToken: 'xoxb-1',
  apiUrl: 'http://127.0.0.1:9/api/',
  transport: { mode: 'socket', appToken: 'xapp-1' },
} as const;

describe('the clients', () => {
  it('share no headers, into which the library would write one workspace’s token for another', () => {
    const options = interactiveOptions(settings);

    expect(options).not.toHaveProperty('headers');
    expect(interactiveOptions(settings)).not.toBe(options);
  });

  it('retry nothing by themselves, and give up before a trigger dies', () => {
    expect(interactiveOptions(settings)).toMatchObject({
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 2_500,
      slackApiUrl: settings.apiUrl,
    });
  });

  it('talk to the address of the settings', () => {
    expect(createDeliveryClient(settings, createRecordingLogger()).slackApiUrl).toBe(settings.apiUrl);
  });
});

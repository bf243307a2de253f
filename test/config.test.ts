import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envSample, readConfig } from '../src/config.ts';

const tokens = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

describe('readConfig', () => {
  it('runs in the local workspace when nothing is set', () => {
    expect(readConfig({})).toEqual({
      slack: { kind: 'local', port: 3939, host: '127.0.0.1' },
      access: { admins: [], owners: [], responders: [], viewers: [], everyone: 'responder' },
      databasePath: '.driftbell/driftbell.sqlite',
      schedule: '5 * * * *',
      calibrationSchedule: '43 3 * * 0',
      digestSchedule: '0 9 * * 1',
      mentionFrom: 'critical',
      learningSchedule: '13 3 * * *',
      memoryLimit: '2GB',
      retentionDays: 730,
      threads: 2,
      logLevel: 'info',
    });
  });

  it('posts no digest and mentions nobody where that is asked for', () => {
    const config = readConfig({ DRIFTBELL_DIGEST_SCHEDULE: 'never', DRIFTBELL_MENTION_FROM: 'never' });

    expect(config).not.toHaveProperty('digestSchedule');
    expect(config).not.toHaveProperty('mentionFrom');
  });

  it('takes empty values, as a copied .env has them, for not set', () => {
    expect(readConfig({ SLACK_BOT_TOKEN: '', DRIFTBELL_DETECTOR: '' })).toEqual(readConfig({}));
  });

  it('connects to Slack by Socket Mode with both tokens, by HTTP with the secret', () => {
    expect(readConfig(tokens).slack).toMatchObject({ kind: 'socket', apiUrl: 'https://slack.com/api/' });
    expect(
      readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_MODE: 'http', SLACK_SIGNING_SECRET: '12345678', PORT: '8080' })
        .slack,
    ).toMatchObject({ kind: 'http', port: 8080 });
  });

  it.each([
    { environment: { SLACK_BOT_TOKEN: 'xapp-1' }, words: 'SLACK_BOT_TOKEN to be a token that begins with xoxb-' },
    { environment: { SLACK_BOT_TOKEN: 'xoxb-1' }, words: 'SLACK_APP_TOKEN for SLACK_MODE=socket' },
    { environment: { SLACK_APP_TOKEN: 'xapp-1' }, words: 'SLACK_BOT_TOKEN for SLACK_MODE=socket' },
    { environment: { ...tokens, SLACK_MODE: 'http' }, words: 'SLACK_SIGNING_SECRET for SLACK_MODE=http' },
    { environment: { SLACK_MODE: 'carrier-pigeon' }, words: 'SLACK_MODE to be one of socket, http' },
    { environment: { PORT: 'eighty' }, words: 'PORT to be a number' },
    {
      environment: { DRIFTBELL_RETENTION_DAYS: '99' },
      words: 'DRIFTBELL_RETENTION_DAYS to be 0, or at least 100 days',
    },
    { environment: { DRIFTBELL_MEMORY_LIMIT: 'lots' }, words: 'DRIFTBELL_MEMORY_LIMIT to be a size such as 2GB' },
    { environment: { DRIFTBELL_ADMINS: 'U0ANNA, anna' }, words: 'DRIFTBELL_ADMINS to be ids of people' },
    { environment: { DRIFTBELL_EVERYONE: 'admin' }, words: 'DRIFTBELL_EVERYONE to be one of' },
    { environment: { DRIFTBELL_THREADS: '0' }, words: 'DRIFTBELL_THREADS to be' },
    { environment: { SLACK_API_URL: 'slack' }, words: 'SLACK_API_URL to be an address' },
  ])('refuses $environment in one line', ({ environment, words }) => {
    expect(() => readConfig(environment)).toThrow(words);
  });

  it.each([
    { field: 'SCHEDULE', expression: '99 * * * *' },
    { field: 'CALIBRATION_SCHEDULE', expression: '43 25 * * 0' },
    { field: 'LEARNING_SCHEDULE', expression: '0 * * * * *' },
    { field: 'DIGEST_SCHEDULE', expression: 'every week' },
    { field: 'SCHEDULE', expression: '0 0 31 2 *' },
  ])('refuses “$expression” as DRIFTBELL_$field', ({ field, expression }) => {
    expect(() => readConfig({ [`DRIFTBELL_${field}`]: expression })).toThrow(
      `DRIFTBELL_${field} to be a cron expression of five fields such as 5 * * * *`,
    );
  });

  it('takes cron expressions of five fields, with names and steps', () => {
    expect(readConfig({ DRIFTBELL_SCHEDULE: '*/15 6-22 * * mon-fri' }).schedule).toBe('*/15 6-22 * * mon-fri');
  });

  it('takes ids of people and groups, however they are separated', () => {
    expect(readConfig({ DRIFTBELL_ADMINS: 'U0ANNA, S0MLTEAM  W0BEN' }).access.admins).toEqual([
      'U0ANNA',
      'S0MLTEAM',
      'W0BEN',
    ]);
  });

  it('never repeats a token', () => {
    expect(() => readConfig({ SLACK_BOT_TOKEN: 'secret-token' })).not.toThrow('secret-token');
    expect(() => readConfig({ SLACK_BOT_TOKEN: 'secret-token' })).toThrow('got something else');
  });
});

describe('.env.sample', () => {
  it('is made of the table of settings', () => {
    const sample = readFileSync(join(import.meta.dirname, '..', '.env.sample'), 'utf8');

    expect(sample, 'run: node --import tsx scripts/write-env-sample.mjs > .env.sample').toBe(envSample());
  });
});

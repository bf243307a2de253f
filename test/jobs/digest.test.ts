import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestChannels } from '../../src/alerting/index.ts';
import { createSchedule, type Schedule, scheduleDigests } from '../../src/jobs/index.ts';
import { model } from '../builders/reports.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

const WEEK_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;
const MONDAY = '0 9 * * 1';
let schedule: Schedule;

beforeEach(() => {
  schedule = createSchedule(silentLogger());
});

afterEach(() => schedule.stop());

const models = [
  model({ channel: 'C0EAST001', zone: 'America/New_York' }),
  model({ channel: 'C0EAST001', zone: 'America/New_York' }),
  model({ channel: 'C0EAST001', zone: 'UTC' }),
  model({ channel: 'C0NORTH01', zone: 'Europe/Oslo' }),
];

/** Channels that get their digest at once when the bot starts so long after it was due. */
function postedAtStart(lateMs: number): string[] {
  const posted: string[] = [];
  const deps = {
    models: () => models.slice(3),
    channels: digestChannels,
    post: (channel: string) => posted.push(channel),
  };
  scheduleDigests(schedule, { ...deps, clock: { now: () => 0 } }, MONDAY);
  const next = schedule.next().find(({ name }) => name === 'digest C0NORTH01')?.at ?? 0;
  posted.length = 0;
  scheduleDigests(schedule, { ...deps, clock: { now: () => next - WEEK_MS + lateMs } }, MONDAY);
  return posted;
}

describe('the digests of the channels', () => {
  it('are one job a channel, in the zone of most of its models', () => {
    expect(digestChannels(models)).toEqual([
      { channel: 'C0EAST001', zone: 'America/New_York' },
      { channel: 'C0NORTH01', zone: 'Europe/Oslo' },
    ]);
    scheduleDigests(
      schedule,
      { clock: { now: () => 0 }, models: () => models, channels: digestChannels, post: () => false },
      MONDAY,
    );
    expect(schedule.next().map(({ name }) => name)).toEqual([
      'digest C0EAST001',
      'digest C0NORTH01',
      'digest channels',
    ]);
  });

  it('are made up for at the start of a bot that was down, within a day', () => {
    expect(postedAtStart(HOUR_MS)).toEqual(['C0NORTH01']);
    expect(postedAtStart(30 * HOUR_MS)).toEqual([]);
  });
});

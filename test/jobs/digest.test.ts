import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestChannels } from '../../src/alerting/index.ts';
import type { DigestPlan } from '../../src/domain/digest-plan.ts';
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

const still = { clock: { now: () => 0 }, channels: digestChannels, plan: () => undefined, post: () => false };

/** Channels that get their digest at once when the bot starts so long after it was due. */
function postedAtStart(lateMs: number): string[] {
  const posted: string[] = [];
  const deps = {
    models: () => models.slice(3),
    channels: digestChannels,
    plan: () => undefined,
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
    scheduleDigests(schedule, { ...still, models: () => models }, MONDAY);
    expect(schedule.next().map(({ name }) => name)).toEqual([
      'digest C0EAST001',
      'digest C0NORTH01',
      'digest channels',
    ]);
  });

  it('follow what somebody has said of their channel as soon as it is looked at, and go where they are off', () => {
    const plans = new Map<string, DigestPlan>();
    const look = scheduleDigests(
      schedule,
      { ...still, models: () => models, plan: (channel) => plans.get(channel) },
      undefined,
    );
    const due = () =>
      schedule.next().flatMap(({ name, at }) => (name.startsWith('digest C') ? [[name, new Date(at ?? 0)]] : []));
    expect(due()).toEqual([]);

    plans.set('C0NORTH01', { isOn: true, weekday: 5, at: '16:30', to: 'C0NORTH01' });
    look();
    const [[name, at] = []] = due();
    expect(name).toBe('digest C0NORTH01');
    const oslo = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Oslo',
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
    });
    expect(oslo.format(at as Date)).toBe('Friday 16:30');

    plans.set('C0NORTH01', { isOn: false, weekday: 5, at: '16:30', to: 'C0NORTH01' });
    look();
    expect(due()).toEqual([]);
  });

  it('are made up for at the start of a bot that was down, within a day', () => {
    expect(postedAtStart(HOUR_MS)).toEqual(['C0NORTH01']);
    expect(postedAtStart(30 * HOUR_MS)).toEqual([]);
  });
});

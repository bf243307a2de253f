import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mute, tellEndedMutes, unmute } from '../../src/alerting/index.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { type Incident, liveIncident } from '../builders/live-incident.ts';
import { USER } from '../builders/reports.ts';

const HOUR_MS = 3_600_000;
let incident: Incident;

beforeEach(() => {
  incident = liveIncident();
});

afterEach(() => incident.close());

/** From the first hour of a day until the last of another. */
function muteDays(from: number, until: number): void {
  const { stores, clock, model } = incident;
  clock.set(day(from).startMs + HOUR_MS);
  mute({ stores, clock }, { model, by: USER, untilMs: day(until).endMs - HOUR_MS });
}

async function endOfDay(index: number): Promise<void> {
  incident.clock.set(day(index).endMs);
  tellEndedMutes(incident);
  await incident.deliver();
}

describe('the end of a mute', () => {
  it('tells in the thread what happened to a report that was open before', async () => {
    await incident.live({ age: [0, 0, 0, 10, 10] });
    muteDays(5, 7);
    await incident.live({ age: [0, 0, 0, 10, 10, 10, 10, 10], plan: [0, 0, 0, 0, 0, 0, 9, 9] }, 5);
    expect(incident.notes()).toEqual([]);

    await endOfDay(7);
    await endOfDay(7);

    expect(incident.notes()).toEqual([
      `🔔 The mute of the whole model of churn has ended (6 Jan 2026, 01:00 UTC to 8 Jan 2026, 23:00 UTC, by ${USER}). Meanwhile: Report #1 went on: 1 series joined (plan mean), 2 series out now.`,
    ]);
    expect(incident.chat.posts).toHaveLength(1);
    expect(JSON.stringify(incident.chat.updates.at(-1)?.message)).not.toContain('muted until');
  });

  it('posts a report that opened in silence, and says so below it', async () => {
    muteDays(2, 5);
    await incident.live({ age: [0, 0, 0, 10, 10, 10] });
    expect(incident.chat.posts).toEqual([]);

    await endOfDay(5);

    expect(incident.chat.posts).toHaveLength(1);
    expect(incident.notes()[0]).toContain(
      'Meanwhile: Report #1 opened on Mon 5 Jan 2026 (🔶 High): age mean; at the worst 1 series was out, 1 now.',
    );
  });

  it('tells the channel of a report that came and went', async () => {
    muteDays(2, 8);
    await incident.live({ age: [0, 0, 0, 10, 10, 0, 0, 0, 0] });

    await endOfDay(8);

    expect(incident.chat.posts.map(({ message }) => message.text)).toEqual([
      expect.stringContaining(
        'Meanwhile: Report #1 opened and resolved, Mon 5 Jan 2026 (🔶 High): age mean; at the worst',
      ),
    ]);
  });

  it('says nothing where nothing happened, and nothing twice', async () => {
    muteDays(2, 3);
    await incident.live({ age: [0, 0, 0, 0, 0] });

    await endOfDay(3);
    await endOfDay(4);

    expect(incident.chat.posts).toEqual([]);
  });

  it('tells at once what a person’s unmuting brings back', async () => {
    await incident.live({ age: [0, 0, 0, 10, 10] });
    muteDays(5, 20);
    await incident.live({ age: [0, 0, 0, 10, 10, 0, 0] }, 5);
    const { stores, clock, model } = incident;
    await incident.live({ age: [0, 0, 0, 10, 10, 0, 0, 0, 10, 10] }, 7);
    clock.set(day(10).startMs);

    unmute({ stores, clock }, { model, by: USER });
    tellEndedMutes(incident);
    await incident.deliver();

    expect(incident.notes()).toEqual([
      '🔔 churn is no longer muted. Meanwhile: Report #1 resolved on Wed 7 Jan 2026. Report #2 opened on Sat 10 Jan 2026 (🔶 High): age mean; at the worst 1 series was out, 1 now.',
    ]);
  });

  it('counts what a mute of one column kept back', async () => {
    const { stores, clock, model } = incident;
    clock.set(day(2).startMs);
    mute({ stores, clock }, { model, by: USER, untilMs: day(5).endMs, scope: { column: 'age' } });
    stores.ledger.replaceWindow(model.id, day(3), [
      { series: seriesKey(), window: day(3), filter: 'mute', isKept: false, measure: 0, threshold: 1 },
    ]);

    await endOfDay(6);

    expect(incident.chat.posts[0]?.message.text).toContain('Meanwhile: Kept back of age: 1 anomaly of age mean.');
  });
});

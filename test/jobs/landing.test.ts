import { afterEach, describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/alerting/index.ts';
import { dayOfWeek, type Window } from '../../src/domain/window.ts';
import { catchUp, checkNow } from '../../src/jobs/index.ts';
import { type WatchedSource, watchedSource } from '../builders/watched-source.ts';
import { plainRenderer, recordingChat } from '../doubles/recording-chat.ts';

const ROWS = 60;
const ONE_WINDOW_MS = 1;

let source: WatchedSource;

afterEach(() => source.close());

/** Four weeks up to Sunday 8 March 2026, seen on Monday at noon; lateness is an hour. */
async function daily(rows: number | ((window: Window) => number) = ROWS): Promise<void> {
  source = await watchedSource({
    registeredAt: '2026-03-09T12:00',
    history: ({ fillFrom }) => fillFrom('2026-02-09', 28, rows),
  });
  await turn();
}

/** One turn of the schedule: what was judged, and with what outcome. */
async function turn(): Promise<string[]> {
  const outcomes = await catchUp(source.core.checks, source.model);
  return outcomes.map(({ window, step }) => `${window.key} ${step}`);
}

function look(key: string): string | undefined {
  const { startMs } = source.window(key);
  const [seen] = source.core.stores.looks.between(source.model.id, startMs, startMs + ONE_WINDOW_MS);
  return seen && `${seen.state}: ${seen.text}`;
}

function rules(key: string): (string | undefined)[] {
  const { startMs, endMs } = source.window(key);
  const detections = source.core.stores.detections.between(source.model.id, startMs, endMs);
  return detections.filter(({ isAnomaly }) => isAnomaly).map(({ rule, note }) => `${rule}: ${note ?? ''}`);
}

const isStored = (key: string): boolean =>
  source.core.stores.statistics.window(source.model.id, source.window(key)).length > 0;

function report() {
  return source.core.stores.reports.latest(source.model.id);
}

/** What people read, in the order in which it was posted and edited. */
function reader() {
  const chat = recordingChat();
  const { stores, logger } = source.core;
  return {
    chat,
    async text(): Promise<string | undefined> {
      await deliverDue({ stores, chat, charts: plainRenderer(), clock: source.clock, logger });
      return (chat.updates.at(-1) ?? chat.posts.at(-1))?.message.text;
    },
  };
}

describe('a day whose rows are late', () => {
  it('is not judged before they come, and then as if they had come in time', async () => {
    await daily();
    source.at('2026-03-10T02:00');

    expect(await turn()).toEqual([]);
    expect(look('2026-03-09')).toBe('late: nothing since 8 Mar 2026, 23:36 UTC');
    expect(isStored('2026-03-09')).toBe(false);
    source.at('2026-03-10T05:00');
    source.fill('2026-03-09', ROWS);

    expect(await turn()).toEqual(['2026-03-09 quiet']);
    expect(look('2026-03-09')).toBe('landed: 60 rows');
    expect(await turn()).toEqual([]);
    expect(report()).toBeUndefined();
  });

  it('is told as a source that has stopped when it is late for a day, and the report ends when the rows come', async () => {
    await daily();
    const people = reader();
    source.at('2026-03-10T02:00');
    await turn();
    source.at('2026-03-11T01:00');

    expect(await turn()).toEqual(['2026-03-09 open']);
    expect(rules('2026-03-09')).toEqual(['late: nothing since 8 Mar 2026, 23:36 UTC']);
    expect(await people.text()).toContain('The source has stopped: nothing since 8 Mar 2026, 23:36 UTC');
    expect(await people.text()).not.toContain('UTC, since');
    expect(await turn(), 'it is looked at again, but not judged again').toEqual([]);
    source.at('2026-03-11T06:00');
    source.fillFrom('2026-03-09', 2, ROWS);

    expect(await turn()).toEqual(['2026-03-09 resolve', '2026-03-10 quiet']);
    expect(rules('2026-03-09')).toEqual([]);
    expect(await people.text()).toContain('✅ Resolved: churn. Back inside the expected band. The rows came late');
    expect(people.chat.posts).toHaveLength(1);
  });

  it('with a part of its rows waits for a second look', async () => {
    await daily();
    source.fill('2026-03-09', 20, { part: 0.4 });
    source.at('2026-03-10T01:00');

    expect(await turn()).toEqual([]);
    expect(look('2026-03-09')).toBe('late: 20 of about 60 rows so far');
    source.at('2026-03-10T02:00');

    expect(await turn()).toHaveLength(1);
    expect(look('2026-03-09')).toBe('landed: 20 of about 60 rows, and no more are coming');
  });

  it('whose rows grow is judged after a day with what is there, and again when it is complete', async () => {
    await daily();
    source.at('2026-03-10T01:00');
    source.fill('2026-03-09', 10, { part: 0.2 });
    await turn();
    source.at('2026-03-10T13:00');
    source.fill('2026-03-09', 15, { part: 0.3 });
    expect(await turn()).toEqual([]);
    source.at('2026-03-11T01:30');
    source.fill('2026-03-09', 20, { part: 0.4 });
    source.fill('2026-03-10', ROWS);

    expect((await turn()).map((line) => line.slice(0, 10))).toEqual(['2026-03-09', '2026-03-10']);
    expect(look('2026-03-09')).toBe('late: 20 of about 60 rows so far');
    source.at('2026-03-11T03:00');
    source.fill('2026-03-09', ROWS);

    expect((await turn()).map((line) => line.slice(0, 10))).toEqual(['2026-03-09', '2026-03-10']);
    expect(look('2026-03-09')).toBe('landed: 60 rows');
    expect(rules('2026-03-09')).toEqual([]);
    expect(await turn()).toEqual([]);
  });
});

describe('a day without rows', () => {
  it('is missing as soon as there are rows after it', async () => {
    await daily();
    const people = reader();
    source.at('2026-03-10T01:00');
    expect(await turn()).toEqual([]);
    source.fill('2026-03-10', 20, { part: 0.2 });
    source.at('2026-03-10T06:00');

    expect(await turn()).toEqual(['2026-03-09 open']);
    expect(look('2026-03-09')).toBe('missing: no rows, though there are rows after it');
    expect(rules('2026-03-09')).toEqual(['no_rows: no rows, though there are rows after it']);
    expect(await people.text()).toContain('There are no rows, though there are rows after it, since Mon 9 Mar 2026');
    source.at('2026-03-11T06:00');
    source.fill('2026-03-10', ROWS);

    expect(await turn()).toEqual(['2026-03-10 wait']);
    expect(await turn()).toEqual([]);
  });

  it('is late and not missing where the only row after it has a mistyped year', async () => {
    await daily();
    source.fill('2062-10-24', 1);
    source.at('2026-03-10T01:00');

    expect(await turn()).toEqual([]);
    expect(look('2026-03-09')).toMatch(/^late: nothing since 8 Mar 2026/);
  });

  it('is computed and judged again when its rows come after those of the next day', async () => {
    await daily();
    source.fill('2026-03-10', ROWS);
    source.at('2026-03-11T06:00');
    expect(await turn()).toEqual(['2026-03-09 open', '2026-03-10 wait']);
    source.fill('2026-03-09', ROWS);

    expect((await turn())[0]).toMatch(/^2026-03-09 /);
    expect(look('2026-03-09')).toBe('landed: 60 rows');
    expect(rules('2026-03-09')).toEqual([]);
    expect(await turn()).toEqual([]);
  });

  it('is no news where weekends have none', async () => {
    await daily((window) => (dayOfWeek(window, 'UTC') >= 5 ? 0 : ROWS));

    expect(look('2026-03-07')).toBe('zero_rows: no rows, as is usual at that time');
    expect(look('2026-03-08'), 'also at the end of the source').toBe('zero_rows: no rows, as is usual at that time');
    expect(rules('2026-03-08')).toEqual([]);
    source.fillFrom('2026-03-09', 7, (window) => (dayOfWeek(window, 'UTC') >= 5 ? 0 : ROWS));
    source.at('2026-03-16T01:30');

    await turn();

    expect(look('2026-03-15')).toBe('zero_rows: no rows, as is usual at that time');
    expect(['2026-03-14', '2026-03-15'].flatMap(rules)).toEqual([]);
    expect(report()).toBeUndefined();
  });

  it('in the middle of the history is missing there, and nothing waits for it', async () => {
    await daily((window) => (window.key === '2026-02-20' ? 0 : ROWS));

    expect(look('2026-02-20')).toBe('missing: no rows, though there are rows after it');
    expect(isStored('2026-02-20')).toBe(true);
    expect(await turn()).toEqual([]);
  });
});

describe('a source that stops for ever', () => {
  it('is one report that stays open, however long it lasts', async () => {
    await daily();
    const people = reader();
    const steps: string[] = [];
    for (let day = 10; day <= 13; day += 1) {
      source.at(`2026-03-${day}T02:00`);
      steps.push(...(await turn()));
    }
    await people.text();

    expect(steps).toEqual(['2026-03-09 open', '2026-03-10 develop', '2026-03-11 develop']);
    expect(await turn(), 'no window is judged twice').toEqual([]);
    expect(source.core.stores.reports.list(source.model.id)).toHaveLength(1);
    expect(people.chat.posts).toHaveLength(1);
    source.at('2026-05-20T02:00');

    await checkNow(source.core.checks, source.model, source.window('2026-05-18'));

    expect(rules('2026-05-18')).toEqual(['late: nothing since 8 Mar 2026, 23:36 UTC']);
    expect(report()?.state).toBe('firing');
  });

  it('is no alarm where it had ended long before the model was registered', async () => {
    source = await watchedSource({
      registeredAt: '2026-03-09T12:00',
      history: ({ fillFrom }) => fillFrom('2025-11-13', 28, ROWS),
    });
    source.at('2026-03-12T12:00');

    expect(await turn()).toEqual([]);
    expect((await checkNow(source.core.checks, source.model, undefined)).landing).toMatchObject({
      state: 'late',
      text: 'nothing since 10 Dec 2025, 23:36 UTC',
    });
    const last = await checkNow(source.core.checks, source.model, source.window('2025-12-10'));
    expect(last.landing).toMatchObject({ state: 'landed', text: '60 rows' });
  });
});

describe('an hour', () => {
  it('is waited for two hours, and quiet nights are no news from the first week on', async () => {
    const rows = ({ startMs }: Window) => (new Date(startMs).getUTCHours() < 5 ? 0 : 12);
    source = await watchedSource({
      granularity: 'hour',
      latenessMinutes: 30,
      registeredAt: '2026-03-06T00:10',
      history: ({ fillFrom }) => fillFrom('2026-03-01T00:00', 120, rows),
    });
    source.at('2026-03-06T05:40');
    await turn();
    expect(look('2026-03-06T01:00')).toBe('zero_rows: no rows, as is usual at that time');
    source.at('2026-03-06T06:30');

    expect(await turn()).toEqual([]);
    expect(look('2026-03-06T05:00')).toBe('late: nothing since 5 Mar 2026, 23:55 UTC');
    source.at('2026-03-06T08:29');
    expect(await turn()).toEqual([]);
    source.at('2026-03-06T08:30');

    expect(await turn()).toEqual(['2026-03-06T05:00Z open']);
    source.fillFrom('2026-03-06T05:00', 3, 12);
    source.at('2026-03-06T08:40');

    expect(await turn()).toEqual(['2026-03-06T05:00Z resolve', '2026-03-06T06:00Z quiet', '2026-03-06T07:00Z quiet']);
  });
});

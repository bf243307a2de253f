import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPresses } from '../../commands/index.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { historyMarks } from '../../src/feedback/index.ts';
import { accessOf } from '../builders/access.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { type Incident, liveIncident } from '../builders/live-incident.ts';
import { USER } from '../builders/reports.ts';

const OTHER = 'U0SECOND1' as UserId;
const plan = seriesKey({ column: 'plan' });
let incident: Incident;
let presses: ReturnType<typeof createPresses>;

beforeEach(() => {
  incident = liveIncident();
  presses = createPresses(commandDeps(incident.stores, { clock: incident.clock }));
});

afterEach(() => incident.close());

const active = () => incident.stores.seriesMarks.active(incident.model.id, incident.clock.now());
const shifted = { age: [0, 0, 0, 10, 10, 10, 10, 10, 10], plan: [0, 0, 0, 0, 0, 0, 0, 0, 0] };
const press = (user = USER) => presses.newNormal({ reportId: incident.newest().id, user });
const findingOf = (column: string) => {
  const found = incident.newest().findings.find(({ series }) => series.column === column);
  if (found === undefined) throw new Error(`expected a finding of ${column}`);
  return found.id;
};

describe('the button under “new normal?”', () => {
  it('begins the history of what is out anew, and closes the report in front of everybody', async () => {
    await incident.live(shifted);

    const answer = await press();
    await incident.deliver();

    expect(incident.newest()).toMatchObject({ state: 'resolved', ending: 'settled', outSeries: 0, resolved: day(8) });
    expect(historyMarks(active())?.(seriesKey())?.newNormal).toMatchObject({ fromMs: day(3).startMs });
    expect(answer.text).toContain('Report #1 is closed with that.');
    expect(incident.notes().at(-1)).toContain('✅ Closed: this is the new normal. It was out 4–9 Jan 2026');
    expect(incident.chat.updates.at(-1)?.message.text).toContain('new normal');
  });

  it('leaves a series alone that went back before', async () => {
    await incident.live({ ...shifted, plan: [0, 0, 0, 10, 10, 0, 0, 0, 0] });
    expect(incident.newest().findings).toHaveLength(2);

    await press();

    expect(active().map(({ series }) => series.column)).toEqual(['age']);
    expect(incident.newest().ending).toBe('settled');
  });

  it('keeps who said so, and that it was closed', async () => {
    await incident.live(shifted);

    await press();

    const entries = incident.stores.audit.of(`report:${incident.newest().id}`);
    expect(entries.map(({ action, by }) => [action, by])).toEqual(
      expect.arrayContaining([
        ['vote.cast', USER],
        ['report.settle', USER],
      ]),
    );
  });

  it('is undone by the button of its answer: the old level counts again, the report stays closed', async () => {
    await incident.live(shifted);
    const answer = await press();
    expect(JSON.stringify(answer.blocks)).toContain('vote.undo');

    const undone = await presses.undoVote({ reportId: incident.newest().id, user: USER });

    expect(active()).toEqual([]);
    expect(undone.text).toContain('The report stays closed; what stays out is reported anew.');
    expect(incident.stores.audit.of('model:churn')).toMatchObject([{ action: 'mark.undo', by: USER }]);
    expect(incident.newest().state).toBe('resolved');
    await incident.live({ ...shifted, age: [...shifted.age, 10, 10] }, 9);
    expect(incident.newest()).toMatchObject({ id: 2, state: 'firing' });
  });

  it('pressed again changes nothing more', async () => {
    await incident.live(shifted);
    await press();
    const { revision } = incident.newest();

    expect((await press()).text).toContain('You said so before');
    await press(OTHER);

    expect(incident.newest()).toMatchObject({ ending: 'settled', state: 'resolved' });
    expect(incident.stores.audit.of('report:1').filter(({ action }) => action === 'report.settle')).toHaveLength(1);
    expect(incident.newest().revision).toBeGreaterThanOrEqual(revision);
  });

  it('is refused to who may only look', async () => {
    await incident.live(shifted);
    presses = createPresses(commandDeps(incident.stores, { clock: incident.clock, access: accessOf('viewer') }));

    await expect(press()).rejects.toMatchObject({ code: 'access.denied' });

    expect(active()).toEqual([]);
    expect(incident.newest().state).toBe('firing');
  });
});

describe('a new normal said of single findings', () => {
  it('closes the report with the last of them, whoever said it', async () => {
    await incident.live({ ...shifted, plan: shifted.age });

    await presses.findingReason({ findingId: findingOf('age'), user: USER, reason: 'new_normal' });
    expect(incident.newest().state).toBe('firing');
    await presses.findingReason({ findingId: findingOf('plan'), user: OTHER, reason: 'new_normal' });

    expect(incident.newest()).toMatchObject({ state: 'resolved', ending: 'settled' });
    expect(active().map(({ by, series }) => [by, series.column])).toEqual([
      [USER, 'age'],
      [OTHER, plan.column],
    ]);
  });

  it('does not close it while another reason stands for one', async () => {
    await incident.live({ ...shifted, plan: shifted.age });

    await presses.findingReason({ findingId: findingOf('age'), user: USER, reason: 'new_normal' });
    await presses.findingReason({ findingId: findingOf('plan'), user: USER, reason: 'false_alarm' });

    expect(incident.newest().state).toBe('firing');
  });
});

describe('a new normal said of a report that ended as its series went back', () => {
  const back = { age: [0, 0, 0, 10, 10, 10, 0, 0, 0, 0, 0, 0], plan: Array.from({ length: 12 }, () => 0) };
  const menuOf = (answer: Awaited<ReturnType<typeof press>>) => JSON.stringify(answer.blocks);

  it('is not taken: it says when it went back, and asks for another reason', async () => {
    await incident.live(back);
    expect(incident.newest()).toMatchObject({ state: 'resolved', ending: 'returned' });

    const answer = await press();
    const ofFinding = await presses.findingReason({ findingId: findingOf('age'), user: USER, reason: 'new_normal' });

    expect(answer.text).toMatch(
      /^No new normal is noted: what report #1 told of went back by \w{3} \d+ Jan 2026, so there is no new level to take for normal\. What was it\? false alarm, expected once, not important\?$/,
    );
    expect(ofFinding.text).toMatch(/^No new normal is noted: what this finding told of went back by /);
    expect(menuOf(answer)).toContain('false_alarm:1');
    expect(menuOf(answer)).not.toContain('new_normal');
    expect(active()).toEqual([]);
    expect(incident.stores.votes.count()).toBe(0);
  });

  const ageIs = (means: Readonly<Record<number, number>>) => {
    const windows = Object.keys(means).map((number) => day(Number(number)));
    const age = { segment: '', column: 'age', role: 'feature', rows: 9, problems: [] } as const;
    const rows = Object.values(means).map((mean, place) => ({
      ...age,
      window: windows[place] ?? day(0),
      statistics: { mean },
    }));
    incident.stores.statistics.replaceWindows(incident.model.id, windows, rows);
  };

  it('is not taken either where the series is out again long after, as that is of a later report', async () => {
    await incident.live(back);
    ageIs({ 6: 0, 7: 0, 8: 9, 11: 9, 80: 9 });

    expect((await press()).text).toMatch(/^No new normal is noted/);

    expect(active()).toEqual([]);
  });

  it('is taken where the series has stayed out in every window since', async () => {
    await incident.live(back);
    ageIs({ 6: 9, 7: 9, 8: 9, 11: 9 });

    expect((await press()).text).toMatch(/^Noted: new normal\./);

    expect(active().map(({ series }) => series.column)).toEqual(['age']);
  });
});

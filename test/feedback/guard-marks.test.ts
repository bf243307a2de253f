import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPresses } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { FindingId, UserId } from '../../src/domain/identifiers.ts';
import type { Model } from '../../src/domain/model.ts';
import { guardMarks } from '../../src/feedback/index.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { seen } from '../builders/labels.ts';
import { anomaly, finding, NOW, USER } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';

const ANNA = 'U0ANNA001' as UserId;
const BEN = 'U0BEN0001' as UserId;
const AGE = seriesKey();
let database: Database;
let clock: ReturnType<typeof fakeClock>;
let presses: ReturnType<typeof createPresses>;
let model: Model;

beforeEach(() => {
  database = memoryDatabase();
  clock = fakeClock();
  model = registeredModel(database.stores);
  presses = createPresses(commandDeps(database.stores, { clock }));
});

afterEach(() => database.close());

const active = () => database.stores.seriesMarks.active(model.id, clock.now());
const guard = () => guardMarks({ stores: database.stores, clock });
const notes = () =>
  database.stores.outbox.due(Number.MAX_SAFE_INTEGER, 99).filter(({ key }) => key.startsWith('lifted:'));

/** A resolved report of one finding of age, below its baseline. */
function incident(at: number, departure = 4, series = AGE): FindingId {
  const { stores } = database;
  const forecast = { baseline: 20, lower: 19, upper: 21 };
  const worst = anomaly({ series, window: day(at), value: forecast.baseline - departure, forecast });
  const one = finding({ from: day(at), to: day(at), worst, anomalies: [worst] });
  const report = stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(at), findings: [one] });
  stores.reports.move(report.id, ['firing'], { state: 'resolved', at: NOW, window: day(at) });
  return report.findings[0]?.id as FindingId;
}
const down = (
  findingId: FindingId,
  user: UserId,
  reason: 'false_alarm' | 'expected_once' | 'new_normal' = 'false_alarm',
) => presses.findingReason({ findingId, user, reason });
const real = (findingId: FindingId, user: UserId) => presses.findingVote({ findingId, user, verdict: 'real' });

describe('the guard of what votes do at once', () => {
  it('leaves a mark that nobody contradicts, and one that as much speaks for as against', async () => {
    const first = incident(1);
    await down(first, ANNA);
    expect(guard()).toEqual([]);

    await real(first, BEN);

    expect(guard()).toEqual([]);
    expect(active()).toHaveLength(1);
  });

  it.each(['false_alarm', 'expected_once', 'new_normal'] as const)(
    'lifts a mark (%s) when an owner says of the same finding that it is real, with one line in its thread',
    async (reason) => {
      const first = incident(1);
      await down(first, ANNA, reason);
      await real(first, USER);

      expect(guard()).toMatchObject([{ by: ANNA }]);

      expect(active()).toEqual([]);
      expect(notes()).toMatchObject([{ kind: 'note', reportId: 1 }]);
      // A person is a run of its own: in a text it would be shown as it is typed.
      expect(JSON.stringify(notes()[0])).toContain(`by a vote of "},{"type":"user","userId":"${ANNA}"}`);
      expect(JSON.stringify(notes()[0])).toContain(`by a vote of @${ANNA}: more weight speaks for it being real`);
      expect(database.stores.audit.of('model:churn')).toMatchObject([{ action: 'mark.lift', by: 'system' }]);
      // The next night has nothing left to do.
      expect(guard()).toEqual([]);
      expect(notes()).toHaveLength(1);
    },
  );

  it('is not asked to put what would hide what others called real before, but what goes less far', async () => {
    const known = incident(1, 4);
    for (const user of [USER, BEN]) await real(known, user);
    await down(incident(2, 2.5), ANNA);
    // Half as far again is less than four, which would still be told.
    expect(guard()).toEqual([]);

    const answer = await down(incident(3, 3), ANNA);

    expect(answer.text).toContain('people mostly call what is found there, or on this model, real');
    expect(guard()).toEqual([]);
    expect(active().map(({ departure }) => departure?.size)).toEqual([2.5]);
  });

  it('lifts a quiet pattern that people call real meanwhile, however far the others went', async () => {
    const plan = seriesKey({ column: 'plan' });
    await down(incident(1), ANNA);
    await real(incident(2, 40, plan), BEN);
    expect(guard()).toEqual([]);

    for (const at of [3, 4]) await real(incident(at, 40), BEN);

    expect(guard()).toMatchObject([{ by: ANNA, kind: 'quieted' }]);
    expect(JSON.stringify(notes()[0])).toContain('people mostly call findings there real, and one vote may be a slip');
    // A second vote on a report like it is enough.
    await down(incident(5), ANNA);
    expect(active()).toHaveLength(1);
    expect(guard()).toEqual([]);
  });

  it('keeps a pattern that was called false more often than real', async () => {
    await real(incident(1), USER);
    for (const at of [2, 3]) await down(incident(at), USER);

    expect(guard()).toEqual([]);
    expect(active()).toHaveLength(2);
  });

  it('lifts what hid a window that people say was missed', async () => {
    await down(incident(1), ANNA);
    const windows = [{ window: day(60), isAbove: false, seen: seen(3) }];
    const said = { series: AGE, fromMs: day(60).startMs, toMs: day(60).endMs, verdict: 'real' as const };
    database.stores.labels.put(model.id, { ...said, by: USER, at: NOW, windows });

    expect(guard()).toHaveLength(1);
  });

  it.each([
    ['lifts', 'later', 1, 1],
    ['keeps', 'before', -1, 0],
  ])('%s what a person quieted and called real by hand %s', async (_, __, afterMs, lifted) => {
    await down(incident(1), ANNA);
    const windows = [{ window: day(1), isAbove: false, seen: seen(3) }];
    const said = { series: AGE, fromMs: day(1).startMs, toMs: day(1).endMs, verdict: 'real' as const, windows };
    database.stores.labels.put(model.id, { ...said, by: ANNA, at: clock.now() + afterMs });

    expect(guard()).toHaveLength(lifted);
  });

  it('does not count beside a vote what was brought along of the same person', async () => {
    const first = incident(1);
    await real(first, BEN);
    await down(first, USER);
    const judged = { window: day(1), isAbove: false, seen: seen(3) };
    for (const cast of database.stores.votes.ofModel(model.id)) {
      database.stores.votes.put({ ...cast, windows: [{ ...judged, findingId: first, series: AGE }] });
    }
    const span = { series: AGE, fromMs: day(1).startMs, toMs: day(60).endMs, windows: [judged] };
    const brought = { ...span, verdict: 'real', incident: 'report:1', weight: 2, by: BEN, at: NOW } as const;
    database.stores.labels.put(model.id, brought);

    expect(guard()).toEqual([]);
  });

  it('takes a second vote before it quiets for who is contradicted often, and lifts what rests on one', async () => {
    const plan = seriesKey({ column: 'plan' });
    const first = incident(1);
    await down(first, ANNA);
    expect(active()).toHaveLength(1);
    for (let at = 10; at < 40; at += 1) {
      const id = incident(at, 4, plan);
      await real(id, ANNA);
      await presses.findingVote({ findingId: id, user: BEN, verdict: 'not_useful' });
    }

    expect(guard()).toMatchObject([{ by: ANNA, kind: 'quieted' }]);
    expect(JSON.stringify(notes()[0])).toContain('votes are contradicted often, so it takes a second one');

    // The same pattern on another report is a second vote, and so is the word of somebody else.
    const again = await down(incident(50), ANNA);
    expect(again.text).not.toContain('does nothing at once');
    expect(active()).toHaveLength(1);
    expect(guard()).toEqual([]);
    for (const at of [41, 42, 43]) await real(incident(at, 4, plan), USER);
    const alone = await down(incident(51, 4, seriesKey({ column: 'score' })), ANNA);
    expect(alone.text).toContain(
      'your votes and those of others often contradict each other. It acts once more votes say the same, of others',
    );
    expect(active()).toHaveLength(1);
  });
});

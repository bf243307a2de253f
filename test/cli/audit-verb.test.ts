import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/db/index.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { day } from '../builders/detections.ts';
import { fakeClock, registeredModel } from '../builders/stores.ts';
import { objectsOf, runDriftbell } from './run-driftbell.ts';

const ANNA = 'U0ANNA001' as UserId;
const BEN = 'U0BEN0001' as UserId;
const at = (time: string) => Date.parse(`${time}Z`);

describe('driftbell audit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-audit-'));
  const path = join(folder, 'driftbell.sqlite');

  beforeAll(() => {
    const database = openDatabase({ path, migrationsFolder: join(import.meta.dirname, '../../drizzle') });
    const { stores } = database;
    const churn = registeredModel(stores, { slug: 'churn', zone: 'America/New_York' });
    registeredModel(stores, { slug: 'fraud' });
    const report = stores.reports.insert({
      ...{ modelId: churn.id, severity: 'high', opened: day(0), findings: [] },
    });
    const add = (time: string, by: UserId, action: string, subject: string, facts = {}) =>
      stores.audit.add({ at: at(time), by, action, subject, facts });
    add('2026-03-01T03:00', ANNA, 'model.mute', 'model:churn', { until: 'fri' });
    add('2026-03-01T06:00', BEN, 'report.acknowledge', `report:${report.id}`);
    add('2026-03-02T06:00', BEN, 'access.denied', 'model:fraud');
    add('2026-03-03T06:00', ANNA, 'digest.plan', 'channel:C1');
    database.close();
  });

  beforeEach(() => {
    vi.stubEnv('DRIFTBELL_DATABASE', path);
    vi.stubEnv('DRIFTBELL_LOG_LEVEL', 'silent');
  });

  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => rmSync(folder, { recursive: true }));

  const audit = (...args: readonly string[]) => runDriftbell(['audit', ...args], fakeClock());
  const actions = async (...args: readonly string[]) => objectsOf(await audit(...args)).map(({ action }) => action);

  it('prints every entry as an object of its own, the oldest first', async () => {
    const entries = objectsOf(await audit());

    expect(entries.map(({ model }) => model).slice(-4)).toEqual(['churn', 'churn', 'fraud', null]);
    expect(entries.at(-4)).toEqual({
      ...{ at: '2026-03-01T03:00:00.000Z', by: ANNA, action: 'model.mute', subject: 'model:churn', model: 'churn' },
      facts: { until: 'fri' },
    });
  });

  it.each([
    ['a model and its reports', ['--model', 'churn'], ['model.mute', 'report.acknowledge']],
    ['a day on, of the zone of the model', ['--model', 'churn', '--since', '2026-03-01'], ['report.acknowledge']],
    ['a day on, of UTC without a model', ['--since', '2026-03-02'], ['access.denied', 'digest.plan']],
    ['a person', ['--by', BEN], ['report.acknowledge', 'access.denied']],
    ['a kind', ['--action', 'digest.plan'], ['digest.plan']],
  ])('keeps to %s', async (_, args, expected) => {
    expect((await actions(...args)).slice(-expected.length)).toEqual(expected);
    expect(await actions(...args)).toHaveLength(expected.length);
  });

  it('writes a new file, and never over one that is there', async () => {
    const output = join(folder, 'audit.jsonl');

    const first = await audit('--model', 'churn', '--output', output);
    const again = await audit('--output', output);

    expect(first).toMatchObject({ code: 0, out: `2 entries written to ${output}.\n` });
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('there already') });
    expect(readFileSync(output, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it('says what there is where nothing is of the kind that was asked for', async () => {
    expect(await audit('--action', 'nope')).toMatchObject({
      ...{ code: 0, out: '' },
      err: expect.stringMatching(
        /^Nothing of that kind is in the audit\. It has \d entries from .* to 3 Mar 2026, 06:00 UTC, of the actions access\.denied, digest\.plan, .*report\.acknowledge\.\n$/,
      ),
    });
    expect((await audit('--by', 'U0NOBODY1')).err).toMatch(/, by .*U0ANNA001, U0BEN0001.*\.\n$/);
    expect((await audit('--since', '2026-04-01')).err).toMatch(/to 3 Mar 2026, 06:00 UTC\.\n$/);
  });

  it('refuses a model that was never registered, and what is no time', async () => {
    expect(await audit('--model', 'chrun')).toMatchObject({ code: 2, err: expect.stringContaining('[model.unknown]') });
    expect(await audit('--since', 'lately')).toMatchObject({
      code: 2,
      err: expect.stringContaining('[usage.invalid]'),
    });
  });
});

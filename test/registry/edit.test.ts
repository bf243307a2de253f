import { beforeEach, describe, expect, it } from 'vitest';
import type { UserId } from '../../src/domain/identifiers.ts';
import type { Model, ModelSettings } from '../../src/domain/model.ts';
import { createDuckdbEngine } from '../../src/engines/duckdb/index.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { edit, parseDeclaration, type RegisterDeps, register, retire } from '../../src/registry/index.ts';
import { day } from '../builders/detections.ts';
import { registerDeps } from '../builders/register-deps.ts';
import { USER } from '../builders/reports.ts';
import { memoryStores } from '../db/memory-stores.ts';
import { textFile } from '../engines/duckdb/profiled.ts';
import { temporaryFolder } from '../engines/duckdb/temporary-folder.ts';

const folder = temporaryFolder();
const engine = createDuckdbEngine();
const AFTER_ROWS_MS = Date.UTC(2026, 2, 3);
let stores: Stores;
let deps: RegisterDeps;
let model: Model;

beforeEach(async () => {
  stores = memoryStores();
  deps = registerDeps({ stores, engine }, AFTER_ROWS_MS);
  const rows = textFile(folder, 'rows.csv', 'at,age,plan,p\n2026-03-01,3,a,0.5\n2026-03-02,4,b,0.25\n');
  const settings = parseDeclaration({
    ...{ slug: 'churn', source: { location: rows }, timeColumn: 'at', scoreColumn: 'p', channel: 'C0MODELS1' },
  });
  ({ model } = await register(deps, { settings, by: USER }));
  const look = { window: day(1), state: 'landed' as const, text: '', atMs: 1, rows: 1, sameSinceMs: 1 };
  stores.looks.put(model.id, [look]);
});

const change = (settings: Partial<ModelSettings>, of = model) =>
  edit(deps, { model: of, settings: { ...of, ...settings }, by: USER });
const looks = () => stores.looks.between(model.id, 0, Number.MAX_SAFE_INTEGER);
const holidays = () =>
  stores.events.overlapping(model.id, 0, Number.MAX_SAFE_INTEGER).filter(({ kind }) => kind === 'holiday');
/** Of the holidays: `DE-BY` of `Labour Day (DE-BY)`. */
const places = () => new Set(holidays().map(({ text }) => /\((\S+)\)$/.exec(text)?.[1]));

describe('an edit', () => {
  it('of who is told keeps the history', async () => {
    const owners = ['U0BEN' as UserId];

    const edited = await change({ owners, channel: 'C0OTHER01' });

    expect(edited).toMatchObject({ changed: ['owners', 'channel'], model: { owners, revision: 2 } });
    expect(edited).not.toHaveProperty('inspection');
    expect(stores.models.bySlug('churn')).toEqual(edited.model);
    expect(looks()).toHaveLength(1);
    expect(stores.audit.of('model:churn').at(-1)).toMatchObject({
      action: 'model.edit',
      facts: { before: { owners: [], channel: 'C0MODELS1' }, after: { owners, channel: 'C0OTHER01' } },
    });
  });

  it('of the table looks at it anew and forgets what was computed of the former', async () => {
    const edited = await change({ declaredKinds: { age: 'categorical' }, zone: 'Europe/Berlin' });

    expect(edited.inspection?.columns.find(({ name }) => name === 'age')?.kind).toBe('categorical');
    expect(stores.models.columns(model.id).find(({ name }) => name === 'age')?.kind).toBe('categorical');
    expect(looks()).toEqual([]);
  });

  it('can take something back', async () => {
    const { scoreColumn: _taken, ...without } = model;

    const edited = await edit(deps, { model, settings: without, by: USER });

    expect(edited.changed).toEqual(['scoreColumn']);
    expect(stores.models.bySlug('churn')).not.toHaveProperty('scoreColumn');
  });

  it('that changes nothing writes nothing', async () => {
    const before = stores.audit.of('model:churn');

    expect(await change({ source: { location: model.source.location } })).toEqual({ model, changed: [] });
    expect(stores.audit.of('model:churn')).toEqual(before);
  });

  it('by the second of two people is refused, and changes nothing', async () => {
    await change({ channel: 'C0FIRST01' });

    await expect(change({ timeColumn: 'at', channel: 'C0SECOND1' })).rejects.toMatchObject({ code: 'model.conflict' });

    expect(stores.models.bySlug('churn')?.channel).toBe('C0FIRST01');
  });

  it('of the place of its holidays replaces those of the former place, and nothing else', async () => {
    const { model: american } = await change({ holidays: 'US' });
    stores.events.put({ modelId: model.id, startMs: 1, endMs: 2, kind: 'deploy', text: 'v2' });

    const edited = await change({ holidays: 'DE-BY' }, american);

    expect(edited).toMatchObject({ changed: ['holidays'], model: { holidays: 'DE-BY' } });
    expect(stores.models.bySlug('churn')?.holidays).toBe('DE-BY');
    expect(places()).toEqual(new Set(['DE-BY']));
    expect(stores.events.overlapping(model.id, 0, 3)).toMatchObject([{ kind: 'deploy' }]);
    expect(looks()).toHaveLength(1);
  });

  it('of the zone declares the holidays anew, in days of the new zone', async () => {
    const { model: german } = await change({ holidays: 'DE' });
    const utc = holidays()[0]?.startMs ?? 0;

    await change({ zone: 'America/New_York' }, german);

    expect(holidays()[0]?.startMs).toBe(utc + 5 * 3_600_000);
  });

  it('can forget the holidays', async () => {
    const { model: german } = await change({ holidays: 'DE' });
    const { holidays: _taken, ...without } = german;

    await edit(deps, { model: german, settings: without, by: USER });

    expect(stores.models.bySlug('churn')).not.toHaveProperty('holidays');
    expect(holidays()).toEqual([]);
  });

  it('of the place of its holidays to one that nobody knows is refused, and the former holidays stay', async () => {
    const { model: german } = await change({ holidays: 'DE' });
    const before = holidays();

    await expect(change({ holidays: 'Grmany' }, german)).rejects.toMatchObject({
      code: 'usage.invalid',
      facts: { received: '"Grmany"', remedy: 'did you mean DE (Germany)' },
    });

    expect(holidays()).toEqual(before);
    expect(stores.models.bySlug('churn')?.holidays).toBe('DE');
  });

  it('of a source that cannot be read changes nothing', async () => {
    await expect(change({ source: { location: `${folder}/missing.csv` } })).rejects.toMatchObject({
      code: 'source.not_found',
    });

    expect(stores.models.bySlug('churn')).toEqual(model);
    expect(looks()).toHaveLength(1);
  });

  it('of a retired model is refused', async () => {
    expect(retire(deps, { model, by: USER })).toBe(true);
    expect(retire(deps, { model, by: USER })).toBe(false);

    await expect(change({ channel: 'C0OTHER01' })).rejects.toMatchObject({ code: 'model.conflict' });
  });
});

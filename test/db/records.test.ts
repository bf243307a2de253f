import { describe, expect, it } from 'vitest';
import type { DetectorManifest } from '../../src/domain/detector.ts';
import type { DeclaredEvent } from '../../src/domain/model.ts';
import type { Mute } from '../../src/domain/mute.ts';
import { ANNA, AT, BORIS, memoryStores, openBelow, registeredModel } from './memory-stores.ts';

const HOUR_MS = 3_600_000;

describe('mutes', () => {
  function withMutes(...given: readonly Partial<Mute>[]) {
    const stores = memoryStores();
    const { id: modelId } = registeredModel(stores);
    const mutes = given.map(
      (overrides): Mute => ({ modelId, by: ANNA, startMs: AT, untilMs: AT + HOUR_MS, ...overrides }),
    );
    for (const mute of mutes) stores.mutes.put(mute);
    return { mutes, store: stores.mutes, modelId, stores };
  }

  it('are in force from their start to before their end', () => {
    const { mutes, store, modelId } = withMutes({ reason: 'a known fault' });

    expect(store.active(modelId, AT - 1)).toBeUndefined();
    expect(store.active(modelId, AT)).toMatchObject(mutes[0] ?? {});
    expect(store.active(modelId, AT + HOUR_MS - 1)).toMatchObject(mutes[0] ?? {});
    expect(store.active(modelId, AT + HOUR_MS)).toBeUndefined();
  });

  it('that last longest win', () => {
    const { mutes, store, modelId } = withMutes(
      {},
      { untilMs: AT + 3 * HOUR_MS, by: BORIS },
      { untilMs: AT + 2 * HOUR_MS },
    );

    expect(store.active(modelId, AT)).toMatchObject(mutes[1] ?? {});
  });

  it('end all at once, except those of the future and of other models', () => {
    const { mutes, store, modelId, stores } = withMutes(
      {},
      { untilMs: AT + 2 * HOUR_MS },
      { startMs: AT + 10, untilMs: AT + 20 },
    );
    const other = registeredModel(stores, { slug: 'other' });
    store.put({ modelId: other.id, by: ANNA, startMs: AT, untilMs: AT + HOUR_MS });

    expect(store.end(modelId, AT + 5)).toBe(2);

    expect(store.active(modelId, AT + 5)).toBeUndefined();
    expect(store.active(modelId, AT + 10)).toMatchObject(mutes[2] ?? {});
    expect(store.active(other.id, AT + 5)).toBeDefined();
    expect(store.end(modelId, AT + 5)).toBe(0);
  });

  it('say afterwards when the model was muted, up to where a mute was ended', () => {
    const { store, modelId } = withMutes({}, { startMs: AT + 5 * HOUR_MS, untilMs: AT + 9 * HOUR_MS });
    store.end(modelId, AT + 6 * HOUR_MS);

    const [first, second] = [
      { startMs: AT, untilMs: AT + HOUR_MS },
      { startMs: AT + 5 * HOUR_MS, untilMs: AT + 6 * HOUR_MS },
    ];
    expect(store.spans(modelId, AT - 10, AT + 20 * HOUR_MS)).toEqual([first, second]);
    expect(store.spans(modelId, AT + HOUR_MS, AT + 20 * HOUR_MS)).toEqual([second]);
    expect(store.spans(modelId, AT + 6 * HOUR_MS, AT + 20 * HOUR_MS)).toEqual([]);
    expect(store.spans(modelId, AT - 10, AT)).toEqual([]);
  });
});

describe('declared events', () => {
  it('overlap a half-open time, come in time order and are declared once', () => {
    const stores = memoryStores();
    const { id: modelId } = registeredModel(stores);
    const deploy: DeclaredEvent = { modelId, startMs: 20, endMs: 30, kind: 'deploy', text: 'v2' };
    const holiday: DeclaredEvent = { modelId, startMs: 10, endMs: 40, kind: 'holiday', text: '4 July' };

    for (const event of [deploy, holiday, deploy]) stores.events.put(event);

    expect(stores.events.overlapping(modelId, 0, 50)).toEqual([holiday, deploy]);
    expect(stores.events.overlapping(modelId, 30, 50)).toEqual([holiday]);
    expect(stores.events.overlapping(modelId, 0, 10)).toEqual([]);
    expect(stores.events.overlapping(modelId, 39, 40)).toEqual([holiday]);
  });
});

describe('detectors', () => {
  const manifest: DetectorManifest = {
    name: 'paper-1',
    configuration: 'paper',
    historyWindows: 28,
    seed: 7,
    trainedOn: 'the synthetic benchmark',
    quality: [{ on: 'air-quality', precision: 0.8, recall: null, f1: null }],
    checksum: 'aa',
  };

  it('are active from when they are put, one at a time', () => {
    const { detectors } = memoryStores();
    expect(detectors.active()).toBeUndefined();

    const first = detectors.put(manifest, '/detectors/a', AT);
    expect(detectors.active()).toEqual({ id: 1, manifest, folder: '/detectors/a' });
    const second = detectors.put({ ...manifest, checksum: 'bb' }, '/detectors/b', AT);

    expect(second.id).not.toBe(first.id);
    expect(detectors.active()).toEqual(second);
  });

  it('with the same weights are the same detector, wherever they lie', () => {
    const { detectors } = memoryStores();
    const first = detectors.put(manifest, '/detectors/a', AT);
    detectors.put({ ...manifest, checksum: 'bb' }, '/detectors/b', AT);

    const again = detectors.put(manifest, '/moved/a', AT);

    expect(again).toEqual({ ...first, folder: '/moved/a' });
    expect(detectors.active()).toEqual(again);
  });

  it('name the row whose manifest cannot be read', () => {
    const { client, stores } = openBelow();
    stores.detectors.put(manifest, '/detectors/a', AT);
    client.sqlite.exec(`update detectors set manifest = '{}'`);

    expect(() => stores.detectors.active()).toThrow(/readable row 1 of the table detectors/);
  });
});

describe('the audit', () => {
  it('keeps every entry of a subject in order', () => {
    const { audit } = memoryStores();
    const entry = {
      at: AT,
      by: ANNA,
      action: 'report.acknowledge',
      subject: 'report:1',
      facts: { before: { n: [1] } },
    };

    audit.add(entry);
    audit.add({ ...entry, at: AT - 5, by: BORIS, facts: {} });
    audit.add({ ...entry, subject: 'report:2' });

    expect(audit.of('report:1')).toEqual([entry, { ...entry, at: AT - 5, by: BORIS, facts: {} }]);
    expect(audit.of('report:3')).toEqual([]);
  });

  it('forgets facts that are undefined', () => {
    const { audit } = memoryStores();

    audit.add({ at: AT, by: ANNA, action: 'vote.cast', subject: 's', facts: { reason: undefined, verdict: 'real' } });

    expect(audit.of('s')[0]?.facts).toEqual({ verdict: 'real' });
  });
});

describe('interactions', () => {
  it('are claimed once until they are pruned', () => {
    const { interactions } = memoryStores();

    expect(interactions.claim('press:1', AT)).toBe(true);
    expect(interactions.claim('press:1', AT + 1)).toBe(false);
    expect(interactions.claim('press:2', AT + HOUR_MS)).toBe(true);

    expect(interactions.prune(AT + HOUR_MS)).toBe(1);
    expect(interactions.claim('press:1', AT + HOUR_MS)).toBe(true);
    expect(interactions.claim('press:2', AT + HOUR_MS)).toBe(false);
  });
});

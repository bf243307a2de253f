import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../src/db/client.ts';
import { createColumnLookup } from '../../src/db/stores/column-ids.ts';
import { createDetectionStore } from '../../src/db/stores/detections.ts';
import { createRecentDetections } from '../../src/db/stores/recent-detections.ts';
import type { Detection } from '../../src/domain/anomaly.ts';
import type { Column } from '../../src/domain/column.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';
import { fileDatabase, memoryStores, openBelow, registeredModel } from './memory-stores.ts';

const FAR = Date.UTC(2100, 0, 1);
const KEYS: readonly SeriesKey[] = [
  seriesKey(),
  seriesKey({ statistic: 'coverage' }),
  seriesKey({ segment: 'DE' }),
  seriesKey({ segment: '\u{1F600}' }),
  seriesKey({ segment: '\uFF5E' }),
  seriesKey({ column: 'carrier', statistic: 'share[ORD]' }),
];

function detectionOf(key: SeriesKey, at: number, value: number): Detection {
  return { ...(detectionsOf([value], key)[0] as Detection), window: day(at) };
}

function write(stores: Stores, id: ModelId, at: number, values: readonly number[]): void {
  const detections = values.map((value, index) => detectionOf(KEYS[index] ?? seriesKey(), at, value));
  stores.detections.replaceWindow(id, day(at), detections, 'paper-1');
}

function between(stores: Stores, id: ModelId, from: number, to: number): readonly Detection[] {
  return stores.detections.between(id, day(from).startMs, day(to).startMs);
}

/** A new store has kept nothing, so this is what the file says. */
function stored(client: Client, id: ModelId, from: number, to: number): readonly Detection[] {
  return createDetectionStore(client).between(id, day(from).startMs, day(to).startMs);
}

describe('the newest detections', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'driftbell-recent-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([1, 2, 3, 4])('are what the file says after any writes: seed %i', (seed) => {
    const random = createSeededRandom(seed);
    const below = (limit: number): number => Math.floor(random.uniform() * limit);
    const { client, stores } = openBelow();
    const models = [registeredModel(stores).id, registeredModel(stores, { slug: 'other' }).id];
    const columns: Column[] = [
      { name: 'age', role: 'feature', kind: 'numeric' },
      { name: 'carrier', role: 'feature', kind: 'categorical' },
    ];
    const acts: readonly ((id: ModelId, at: number) => void)[] = [
      ...new Array(6).fill((id: ModelId, at: number) => {
        write(
          stores,
          id,
          at,
          Array.from({ length: below(KEYS.length + 1) }, () => below(3)),
        );
      }),
      (id, at) => {
        const undone = () =>
          stores.transaction(() => {
            write(stores, id, at, [7, 7, 7]);
            between(stores, id, 0, at + 1);
            throw new Error('taken back');
          });
        expect(undone).toThrow();
      },
      (id) => stores.models.forgetHistory(id),
      (_id, at) => [...stores.retention.prune({ beforeMs: day(at - 2).startMs, rowsPerSlice: 3 })],
      (id) => stores.models.putColumns(id, [{ name: 'age', role: 'score', kind: 'numeric' }, ...columns.slice(1)], []),
      (id) => stores.models.putColumns(id, columns, []),
    ];
    for (let step = 0; step < 300; step += 1) {
      const id = models[below(8) === 0 ? 1 : 0] ?? (0 as ModelId);
      const at = Math.floor(step / 8) + below(3) - 1;
      acts[below(acts.length)]?.(id, at);

      const from = Math.max(0, at - below(6));

      expect(between(stores, id, from, at + below(3))).toBeDefined();
      expect(between(stores, id, from, at + 1)).toEqual(stored(client, id, from, at + 1));
    }
  });

  it('of another process are seen at once', () => {
    const path = join(folder, 'shared.sqlite');
    const [bot, commandLine] = [fileDatabase(path), fileDatabase(path)];
    const { id } = registeredModel(bot.stores);
    write(bot.stores, id, 0, [1]);
    expect(between(bot.stores, id, 0, 2)).toHaveLength(1);

    write(commandLine.stores, id, 0, [0, 5]);

    expect(between(bot.stores, id, 0, 2).map(({ value }) => value)).toEqual([5, 0]);
    for (const database of [bot, commandLine]) database.close();
  });

  it.each([
    [
      'each once',
      100,
      [
        { from: 0, to: 3 },
        { from: 3, to: 4 },
        { from: 4, to: 5 },
      ],
    ],
    [
      'whole, where a span is longer than what is kept',
      2,
      [
        { from: 0, to: 3 },
        { from: 1, to: 4 },
        { from: 2, to: 5 },
      ],
    ],
  ])('are read from the file %s', (_case, mostKept, spans) => {
    const { client, stores } = openBelow();
    const { id } = registeredModel(stores);
    for (const at of [0, 1, 2, 3, 4]) write(stores, id, at, [at]);
    const read: { from: number; to: number }[] = [];
    const placeOf = (ms: number): number => [0, 1, 2, 3, 4, 5].findIndex((at) => day(at).startMs === ms);
    const recent = createRecentDetections(client, {
      mostKept,
      columnsOf: createColumnLookup(client),
      read: (_id, known, { fromMs, toMs }) => {
        read.push({ from: placeOf(fromMs), to: placeOf(toMs) });
        const detections = stores.transaction(() => [...stores.detections.between(id, fromMs, toMs)]);
        return [{ columnId: known.require('age').id, key: seriesKey(), detections }];
      },
    });

    const found = [3, 4, 5].map((to) => recent.between(id, day(to - 3).startMs, day(to).startMs));

    expect(found.map((one) => one.map(({ value }) => value))).toEqual([
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 4],
    ]);
    expect(read).toEqual(spans);
  });
});

describe('windows in which a column was anomalous', () => {
  it('are those of any of its series in the segment, within the span', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    write(stores, id, 0, [1]);
    write(stores, id, 1, [0, 1]);
    write(stores, id, 2, [0, 0, 1, 0, 0, 1]);
    write(stores, id, 3, [1, 1]);

    const of = { column: 'age', segment: '', fromMs: 0, toMs: day(3).startMs };

    expect(stores.detections.anomalousStarts(id, of)).toEqual(new Set([day(0).startMs, day(1).startMs]));
    expect(stores.detections.anomalousStarts(id, { ...of, segment: 'DE', toMs: FAR })).toEqual(
      new Set([day(2).startMs]),
    );
    expect(stores.detections.anomalousStarts(id, { ...of, column: 'nobody' })).toEqual(new Set());
  });
});

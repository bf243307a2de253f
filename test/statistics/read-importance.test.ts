import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../src/domain/column.ts';
import { createDuckdbEngine } from '../../src/engines/duckdb/index.ts';
import { readImportance, refreshImportance } from '../../src/statistics/index.ts';
import { memoryStores, registeredModel } from '../db/memory-stores.ts';
import { parquetFile, textFile } from '../engines/duckdb/profiled.ts';
import { temporaryFolder } from '../engines/duckdb/temporary-folder.ts';
import { createRecordingLogger } from '../slack/recording-logger.ts';

const folder = temporaryFolder();
const engine = createDuckdbEngine();
const COLUMNS: Column[] = [
  { name: 'age', role: 'feature', kind: 'numeric' },
  { name: '7', role: 'feature', kind: 'numeric' },
  { name: 'score', role: 'score', kind: 'numeric' },
];
const read = (location: string) => readImportance(engine, { source: { location }, columns: COLUMNS });

describe('a table of importance', () => {
  it.each([
    ['CSV', 'told.csv', 'feature,importance,note\nage,-3,x\n7,1,\nscore,9,\n'],
    ['CSV with whole numbers as names', 'numbers.csv', 'Feature,Gain\n7,1\n'],
    ['JSONL', 'told.jsonl', '{"name":"age","weight":3}\n{"name":"7","weight":"1"}\n{"name":"score","weight":2}\n'],
  ])('is read from %s', async (_case, name, text) => {
    const told = await read(textFile(folder, name, text));

    if (name === 'numbers.csv') expect(told).toEqual({ shares: { 7: 1 }, passedOver: [] });
    else expect(told).toEqual({ shares: { age: 0.75, 7: 0.25 }, passedOver: ['score'] });
  });

  it.each([
    ['decimals', '0.75::DECIMAL(10,4)', '0.25::DECIMAL(10,4)'],
    ['whole numbers beyond 2^53', '27021597764222976::HUGEINT', '9007199254740992::HUGEINT'],
    ['single precision', '3::FLOAT', '1::FLOAT'],
  ])('is read from Parquet with %s', async (name, age, seven) => {
    const location = await parquetFile(
      folder,
      `${name}.parquet`,
      `SELECT * FROM (VALUES ('age', ${age}), ('7', ${seven})) AS t("column", "value")`,
    );

    expect((await read(location)).shares).toEqual({ age: 0.75, 7: 0.25 });
  });

  it('names the row of a word, also where it comes late', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `f${i},${i === 29_998 ? 'high' : i}`);

    await expect(read(textFile(folder, 'late.csv', `feature,importance\n${rows.join('\n')}\n`))).rejects.toMatchObject({
      code: 'importance.invalid',
      message: expect.stringContaining('a finite number as the importance of "f29998", got "high" in row 29999'),
    });
  });

  it('is refused where it is a table of requests', async () => {
    const location = await parquetFile(
      folder,
      'large.parquet',
      'SELECT i AS feature, i AS value FROM range(100001) t(i)',
    );

    await expect(read(location)).rejects.toThrow(/at most 100,000 rows in .*large.parquet, got 100,001/);
  });

  it.each([
    ['missing.csv', undefined, 'source.not_found'],
    ['none.csv', '', 'source.empty'],
    ['other.csv', 'age,plan\n1,2\n', 'importance.invalid'],
  ])('is refused where %s is of no use', async (name, text, code) => {
    const location = text === undefined ? `${folder}/${name}` : textFile(folder, name, text);

    await expect(read(location)).rejects.toMatchObject({ code });
  });
});

describe('the importance of a registered model', () => {
  function registered(text: string) {
    const stores = memoryStores();
    const location = textFile(folder, 'refreshed.csv', text);
    const model = registeredModel(stores, { importanceSource: { location } });
    const logger = createRecordingLogger();
    const { lines } = logger;
    return {
      ...{ stores, model, location, lines },
      refresh: (signal?: AbortSignal) => refreshImportance({ engine, models: stores.models, logger }, model, signal),
      importance: () => stores.models.columns(model.id).map((column) => [column.name, column.importance]),
    };
  }

  it('is read again, and forgotten where it is no longer told', async () => {
    const { refresh, importance, location } = registered('feature,importance\nage,3\ncarrier,1\n');
    await refresh();
    expect(importance()).toEqual([
      ['age', 0.75],
      ['carrier', 0.25],
    ]);

    textFile('', location, 'feature,importance\ncarrier,1\n');
    await refresh();

    expect(importance()).toEqual([
      ['age', undefined],
      ['carrier', 1],
    ]);
  });

  it('stays when the table cannot be read, with a warning that says why', async () => {
    const { refresh, importance, location, lines } = registered('feature,importance\nage,1\n');
    await refresh();

    textFile('', location, 'feature,importance\nage,much\n');
    await refresh();
    rmSync(location);
    await refresh();

    expect(importance()[0]).toEqual(['age', 1]);
    expect(lines.map(({ level, facts }) => [level, facts.model])).toEqual([
      ['warn', 'delays'],
      ['warn', 'delays'],
    ]);
    expect(lines[0]?.facts.error).toContain('got "much" in row 1');
    expect(lines[1]?.facts.error).toContain('nothing there');
  });

  it('stops on request', async () => {
    const { refresh, lines } = registered('feature,importance\nage,1\n');

    await expect(refresh(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(lines).toEqual([]);
  });
});

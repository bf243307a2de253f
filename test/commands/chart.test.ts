import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { ChartRequest } from '../../src/domain/chart-request.ts';
import type { Model } from '../../src/domain/model.ts';
import type { ColumnStatistics } from '../../src/domain/statistic.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';
import { USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

const LAST = 40;
let database: Database;
let model: Model;
let asked: ChartRequest[];

beforeEach(() => {
  database = memoryDatabase();
  model = registeredModel(database.stores);
  asked = [];
});

afterEach(() => database.close());

/** Forty-one days; age is outside its band on the last of them. */
function fill(): void {
  const { stores } = database;
  for (let index = 0; index <= LAST; index += 1) {
    const row = (column: string, role: ColumnStatistics['role'], statistics: ColumnStatistics['statistics']) => ({
      ...{ window: day(index), segment: '', column, role, rows: 100, statistics, problems: [] },
      ...(role === 'traffic' ? {} : { kind: column === 'plan' ? ('categorical' as const) : ('numeric' as const) }),
    });
    stores.statistics.replaceWindows(
      model.id,
      [day(index)],
      [
        row('age', 'feature', { mean: 40, coverage: 1, missing_rate: 0 }),
        row('plan', 'feature', { coverage: 1, missing_rate: 0 }),
        row('score', 'score', { mean: 0.4 }),
        row('*', 'traffic', { traffic: 100 }),
      ],
    );
    const detections = ['age', 'score'].flatMap((column) =>
      detectionsOf(
        [column === 'age' && index === LAST ? 3 : 0],
        seriesKey({ column, role: column === 'score' ? 'score' : 'feature' }),
      ).map((one) => ({ ...one, window: day(index) })),
    );
    stores.detections.replaceWindow(model.id, day(index), detections, 'paper');
  }
}

const type = async (typed: string) => {
  const deps = commandDeps(database.stores, {
    picture: async (request) => {
      asked.push(request);
      return { fileId: 'F0123456789', altText: 'what the picture says' };
    },
  });
  return (await runCommand(deps, typed, { user: USER, channel: 'C0MODELS1' })).message;
};

describe('/drift chart', () => {
  it('draws a model at a look: its score, its traffic, then what is outside its band', async () => {
    fill();

    const message = await type('chart churn');

    const [request] = asked;
    if (request?.kind !== 'overview') throw new Error('an overview');
    expect(request.panels.map(({ title }) => title)).toEqual(['score mean', 'traffic', 'age mean', 'plan coverage']);
    expect(request.panels[0]?.points).toHaveLength(28);
    expect(message.text).toBe('churn, at a look, 14 Jan – 10 Feb 2026. what the picture says');
    expect(message.blocks.map(({ type: kind }) => kind)).toContain('image');
  });

  it.each([
    ['chart churn age', 28, ['age mean', 'age coverage', 'age missing rate']],
    ['chart churn age 7d', 7, ['age mean', 'age coverage', 'age missing rate']],
    ['chart churn AGE 2w', 14, ['age mean', 'age coverage', 'age missing rate']],
    ['chart churn traffic 36d', 36, ['traffic']],
  ])('%s draws that column over %i windows', async (typed, windows, titles) => {
    fill();

    await type(typed);

    const [request] = asked;
    if (request?.kind !== 'series') throw new Error('series');
    expect(request.panels.map(({ title }) => title)).toEqual(titles);
    expect(request.panels[0]?.points).toHaveLength(windows);
  });

  it('takes a column that is called like a period for a column', async () => {
    fill();
    database.stores.models.putColumns(model.id, [{ name: '90d', role: 'feature', kind: 'numeric' }], []);

    const { text } = await type('chart churn 90d');

    expect(text).toContain('churn, 90d');
    expect(text).toContain('no values are stored');
  });

  it.each([
    ['chart churn agee', 'Did you mean `age`'],
    ['chart churn age 1d', 'a period from 2d to 730d, such as 90d or 12w, got "1d". Write a longer one'],
    ['chart churn 9999w', 'Write a shorter one'],
    ['chart churn age 7d more', 'the extra word "more"'],
    ['chart', '<model>'],
  ])('refuses %s', async (typed, reason) => {
    fill();

    await expect(type(typed)).rejects.toThrow(reason);
  });

  it('says that there is nothing yet for a model without windows', async () => {
    expect((await type('chart churn')).text).toContain('no windows yet');
  });
});

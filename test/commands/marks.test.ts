import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import { formatText } from '../../src/messages/format-text.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { NOW, USER } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

let database: Database;
let modelId: ModelId;

beforeEach(() => {
  database = memoryDatabase();
  modelId = registeredModel(database.stores).id;
  const mark = { modelId, series: seriesKey(), kind: 'new_normal', fromMs: day(1).startMs, by: USER, at: NOW } as const;
  database.stores.seriesMarks.put(mark);
});

afterEach(() => database.close());

const shown = async (typed: string): Promise<string> =>
  formatText((await runCommand(commandDeps(database.stores), typed, { user: USER, channel: 'C0MODELS1' })).message);

describe('/drift marks', () => {
  it('says how one of the list is undone', async () => {
    expect(await shown('marks churn')).toMatch(
      /#1 age mean: a new normal since [\s\S]*\/drift marks churn undo <number> undoes one; votes stay\./,
    );
  });

  it('says of one that was undone that it no longer holds, and of one that is none where they are listed', async () => {
    expect(await shown('marks churn undo 1')).toMatch(
      /^Undone: #1 age mean: a new normal .*\. From the next window on it no longer holds; votes stay\./,
    );
    expect(await shown('marks churn undo 1')).toMatch(
      /^There is no mark #1 on churn to undo; \W\/drift marks churn\W lists them\./,
    );
  });

  it.each([
    ['marks churn foo', '"foo"'],
    ['marks churn foo 3', '"foo 3"'],
    ['marks churn undo x', '"undo x"'],
  ])('names in %s what it does not take', async (typed, received) => {
    await expect(shown(typed)).rejects.toThrow(
      `Expected \`/drift marks <model> [undo <number>]\`, got ${received}. Write undo and the number`,
    );
  });

  it('undoes none that has expired, as none is listed', async () => {
    const expired = {
      kind: 'quieted',
      fromMs: day(1).startMs,
      expiresAt: NOW - 1,
      by: USER,
      at: day(2).startMs,
    } as const;
    const { id } = database.stores.seriesMarks.put({ modelId, series: seriesKey({ column: 'plan' }), ...expired });

    expect(await shown(`marks churn undo ${id}`)).toContain(`There is no mark #${id} on churn`);
  });
});

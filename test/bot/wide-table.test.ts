import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPreviewTable } from '../../src/bot/preview-table.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { type LocalBot, startLocalBot } from '../../src/local-bot.ts';
import { type Core, createCore } from '../../src/main.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import type { View, ViewValues } from '../../src/workspace/index.ts';
import { silentLogger } from '../doubles/recording-chat.ts';
import { waitFor } from '../wait-for.ts';

const OWNER = 'U0OWNER' as UserId;
const COLUMNS = 120;
const DAYS = 8;

const clock = createSystemClock();
const logger = silentLogger();
const folder = mkdtempSync(join(tmpdir(), 'driftbell-wide-'));
const location = join(folder, 'wide.csv');
let core: Core;
let local: LocalBot;

const name = (place: number) => `c${String(place).padStart(3, '0')}`;

/** A hundred and twenty features of a few rows a day. */
function wideFile(): string {
  const names = Array.from({ length: COLUMNS }, (_, place) => name(place));
  const lines = Array.from({ length: DAYS * 2 }, (_, row) => {
    const at = new Date(Date.UTC(2026, 0, 1 + Math.floor(row / 2), row % 2)).toISOString();
    return [at, ...names.map((_name, place) => ((row * 7 + place * 3) % 11) + 0.5)].join(',');
  });
  return [['scored_at', ...names].join(','), ...lines].join('\n');
}

beforeAll(async () => {
  writeFileSync(location, wideFile());
  const options = { memoryLimit: '1GB', threads: 1 };
  core = await createCore({ databasePath: join(folder, 'bot.sqlite'), ...options, clock, logger });
  local = await startLocalBot(core, { port: 0, previewTable: createPreviewTable({ ...options, clock, logger }) });
});

afterAll(async () => {
  await local?.stop();
  await core?.close();
  rmSync(folder, { recursive: true, force: true });
});

const shown = () => local.workspace.state.views(OWNER).at(-1);
const textOf = (view: View | undefined) => JSON.stringify(view?.blocks ?? []);
const field = (id: string, value: string) => ({ [id]: { 'input.value': value } });

function untilShown(words: RegExp): Promise<View> {
  return waitFor(() => (words.test(textOf(shown())) ? shown() : undefined), String(words), {
    ...{ seconds: 20, shown: () => textOf(shown()).slice(0, 2_000) },
  });
}

function turn({ id }: View, actionId: string, value: string, values: ViewValues = {}) {
  return local.workspace.press({ user: OWNER, viewId: id, actionId, value, values });
}

describe('a dialog about a table of many columns', () => {
  it('shows them all, page by page, keeps what was chosen on each, and saves it', async () => {
    const { workspace } = local;
    const [channel] = workspace.state.channels();
    await workspace.issueCommand({ user: OWNER, channel: channel?.id ?? '', text: '/drift register' });
    const form = await untilShown(/field:slug/);
    const values = { ...field('field:slug', 'wide'), ...field('field:location', location) };
    await workspace.submitView({
      ...{ user: OWNER, viewId: form.id },
      values: { ...values, ...field('field:timeColumn', 'scored_at') },
    });

    const first = await untilShown(/Columns 1 to 40 of 120/);
    expect(textOf(first)).toContain(`"text":"${name(39)}"`);
    expect(textOf(first)).not.toContain(`"text":"${name(40)}"`);
    await turn(first, 'form.columns.next', '1', field('column:5', 'left_out'));

    const second = await untilShown(/Columns 41 to 80 of 120/);
    await turn(second, 'form.columns.jump', '2', field('column:41', 'categorical'));
    const third = await untilShown(/Columns 81 to 120 of 120/);
    expect(textOf(third)).toContain(`"text":"${name(119)}"`);
    expect(textOf(third)).not.toContain('form.columns.next');
    await turn(third, 'form.columns.jump', '0');

    const again = await untilShown(/Columns 1 to 40 of 120/);
    const five = again.blocks.find(({ block_id: id }) => id === 'column:5');
    expect(five).toMatchObject({ element: { initial_option: { value: 'left_out' } } });
    await turn(again, 'form.columns.jump', '2');
    const last = await untilShown(/Columns 81 to 120 of 120/);
    // What is counted meanwhile is shown on the page that the person is on.
    expect(textOf(await untilShown(/would have fired/))).toContain('Columns 81 to 120 of 120');
    await workspace.submitView({ user: OWNER, viewId: last.id, values: field('column:100', 'left_out') });

    await untilShown(/is watched/);
    const model = core.stores.models.bySlug('wide');
    expect(model?.features).toHaveLength(COLUMNS - 2);
    expect(model?.features).not.toContain(name(5));
    expect(model?.features).not.toContain(name(100));
    expect(model?.declaredKinds).toEqual({ [name(41)]: 'categorical' });
  });

  it('says of a dialog that is used up that it is, when its page is turned', async () => {
    const { workspace } = local;
    const [channel] = workspace.state.channels();
    for (const { id } of workspace.state.views(OWNER)) await workspace.closeView({ user: OWNER, viewId: id });
    await workspace.issueCommand({ user: OWNER, channel: channel?.id ?? '', text: '/drift edit wide' });
    const form = await untilShown(/field:owners/);
    await workspace.submitView({ user: OWNER, viewId: form.id, values: {} });
    const found = await untilShown(/Columns 1 to 40 of 118|Columns 1 to 40 of 120/);
    const draftId = JSON.parse(found.privateMetadata).draftId;
    core.stores.formDrafts.take(draftId, OWNER);

    await turn(found, 'form.columns.next', '1');

    await untilShown(/confirmed before, or is older than a day/);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../commands/index.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { LOCAL_CHANNEL, type LocalBot, startLocalBot } from '../../src/local-bot.ts';
import { type Core, createCore } from '../../src/main.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import type { View } from '../../src/workspace/index.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { silentLogger } from '../doubles/recording-chat.ts';
import { waitFor } from '../wait-for.ts';
import { scoredFile } from './scored-file.ts';
import { until } from './until.ts';

const OWNER = 'U0OWNER' as UserId;
const RESPONDER = 'U0RESPONDER' as UserId;
const clock = createSystemClock();
const logger = silentLogger();
const source = scoredFile();
const folder = mkdtempSync(join(tmpdir(), 'driftbell-import-'));
let core: Core;
let local: LocalBot;

beforeAll(async () => {
  core = await createCore({ databasePath: join(folder, 'bot.sqlite'), memoryLimit: '1GB', clock, logger });
  local = await startLocalBot(core, { port: 0, digestSchedule: '0 9 * * 1' });
});

afterAll(async () => {
  await local?.stop();
  await core?.close();
  source.remove();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  for (const user of [OWNER, RESPONDER]) {
    for (const { id } of local.workspace.state.views(user)) await local.workspace.closeView({ user, viewId: id });
  }
});

const channel = () => local.workspace.state.channelNamed(LOCAL_CHANNEL)?.id ?? '';
const textOf = (view: View | undefined) => JSON.stringify(view?.blocks ?? []);

function file(lines: readonly string[] = []): string {
  const model = [
    `  - slug: churn`,
    `    source: ${source.location}`,
    '    time-column: scored_at',
    '    score-column: score',
    `    channel: "#${LOCAL_CHANNEL}"`,
    ...lines.map((line) => `    ${line}`),
  ];
  return ['models:', ...model].join('\n');
}

function untilShown(words: RegExp, user: string): Promise<View> {
  const shown = () => local.workspace.state.views(user).at(-1);
  return waitFor(() => (words.test(textOf(shown())) ? shown() : undefined), String(words), {
    ...{ seconds: 20, shown: () => textOf(shown()).slice(0, 1_000) },
  });
}

async function paste(text: string, user: string = OWNER) {
  await local.workspace.issueCommand({ user, channel: channel(), text: '/drift import' });
  const { id } = await untilShown(/field:file/, user);
  return local.workspace.submitView({ user, viewId: id, values: { 'field:file': { 'input.value': text } } });
}

const confirm = (view: View, user: string = OWNER) => local.workspace.submitView({ user, viewId: view.id, values: {} });

describe('/drift import', () => {
  it('says at its field what is wrong with the file, with its line, and saves nothing', async () => {
    const broken = await paste(file(['granularity: week']));
    expect(broken).toMatchObject({ ok: false });
    expect(JSON.stringify(broken)).toMatch(/the file:7 .*granularity.* to be one of day, hour/);

    for (const { id } of local.workspace.state.views(OWNER))
      await local.workspace.closeView({ user: OWNER, viewId: id });
    expect(JSON.stringify(await paste(file().replace(LOCAL_CHANNEL, 'nowhere')))).toContain(
      'channel that the bot can see',
    );
    expect(core.stores.models.list()).toEqual([]);
  });

  it('looks at the sources before it asks, says what is wrong beside the name of each model, and keeps the text', async () => {
    const [head, ...model] = file().split('\n');
    const other = (slug: string, time: string) =>
      model.map((line) => line.replace('slug: churn', `slug: ${slug}`).replace('scored_at', time));
    await paste([head, ...model, ...other('ids', 'age'), ...other('typo', 'scored')].join('\n'));

    const refused = await untilShown(/2 models cannot be imported/, OWNER);
    const said = textOf(refused);
    expect(said).toMatch(
      /`?ids`?.{0,60}: Expected in the file:\d+ models\[\d\] \(ids\) a time column of .* times from 1980 to 2100/,
    );
    expect(said).toMatch(/`?typo`?.{0,60}: Expected .*scored_at/);
    expect(said).toMatch(/"initial_value":"models:.*slug: typo/);
    expect(core.stores.models.list()).toEqual([]);

    const mended = await local.workspace.submitView({
      ...{ user: OWNER, viewId: refused.id, values: { 'field:file': { 'input.value': file() } } },
    });
    expect(mended).toMatchObject({ ok: true });
    await untilShown(/1 new model, 0 changed.*The sources were looked at/, OWNER);
  });

  it('shows what would change, saves it when it is confirmed, and tells of the history', async () => {
    await paste(`\`\`\`\n${file()}\n\`\`\``);
    const found = await untilShown(/1 new model, 0 changed/, OWNER);
    expect(core.stores.models.list()).toEqual([]);

    await confirm(found);

    await untilShown(/Imported: 1 new model/, OWNER);
    expect(core.stores.models.bySlug('churn')).toMatchObject({ owners: [OWNER], channel: channel() });
    // The channel has its first model, and so a digest from now on.
    expect(local.bot.schedule.next().map(({ name }) => name)).toContain(`digest ${channel()}`);
    await until(
      () => local.workspace.state.messages(channel()).some(({ text }) => /history is there/.test(text)),
      'the history',
    );
    expect(
      local.workspace.state
        .messages(channel())
        .map(({ text }) => text)
        .join(),
    ).toContain('history is there');
  });

  it('says of the same file that nothing would change, and asks for no confirmation', async () => {
    await paste(file());

    const found = await untilShown(/Nothing would change/, OWNER);
    expect(found.submit).toBeFalsy();
  });

  it('is for owners where a model would change, and keeps the denial', async () => {
    const outcome = await paste(file(['lateness: 180']), RESPONDER);

    expect(JSON.stringify(outcome)).toContain('the role owner for churn');
    expect(core.stores.models.bySlug('churn')?.latenessMinutes).not.toBe(180);
    expect(core.stores.audit.newest(1)).toMatchObject([{ action: 'access.denied', by: RESPONDER }]);
  });

  it('refuses what somebody else has changed between the look and the confirmation', async () => {
    await paste(file(['lateness: 180']));
    const found = await untilShown(/lateness minutes \d+ → 180/, OWNER);
    const model = core.stores.models.bySlug('churn');
    if (model === undefined) throw new Error('expected churn');
    await core.edit(model, { ...model, latenessMinutes: 90 }, OWNER);

    await confirm(found);

    await untilShown(/somebody else has changed/, OWNER);
    expect(core.stores.models.bySlug('churn')?.latenessMinutes).toBe(90);
  });

  it('imports once when it is confirmed twice', async () => {
    await paste(file(['lateness: 240']));
    const found = await untilShown(/→ 240/, OWNER);

    local.workspace.duplicateNext();
    await Promise.all([confirm(found), confirm(found)]);
    await untilShown(/Imported|confirmed before/, OWNER);

    const edits = core.stores.audit.of('model:churn').filter(({ facts }) => JSON.stringify(facts).includes('240'));
    expect(edits).toHaveLength(1);
  });

  it('points to the dialog where none can be opened, as in a mention', async () => {
    const deps = commandDeps(core.stores, { clock });

    const { message } = await runCommand(deps, 'import', { user: OWNER, channel: channel() });

    expect(message.text).toContain('Type “/drift import” for a dialog');
  });
});

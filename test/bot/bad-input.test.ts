import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { repostOpenReports } from '../../src/alerting/index.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import type { Report } from '../../src/domain/report.ts';
import { LOCAL_CHANNEL, type LocalBot, startLocalBot } from '../../src/local-bot.ts';
import { type Core, createCore } from '../../src/main.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { day } from '../builders/detections.ts';
import { finding } from '../builders/reports.ts';
import { registeredModel } from '../builders/stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';
import { until } from './until.ts';

const OWNER = 'U0OWNER' as UserId;
const RESPONDER = 'U0RESPONDER' as UserId;
/** As long as a person could paste into a command by mistake. */
const TWO_HUNDRED_KB = 200_000;

const clock = createSystemClock();
const logger = silentLogger();
const folder = mkdtempSync(join(tmpdir(), 'driftbell-bad-input-'));
let core: Core;
let local: LocalBot;
let channel: string;
let report: Report;

beforeAll(async () => {
  core = await createCore({ databasePath: join(folder, 'bot.sqlite'), memoryLimit: '1GB', clock, logger });
  local = await startLocalBot(core, { port: 0 });
  channel = local.workspace.state.channelNamed(LOCAL_CHANNEL)?.id ?? '';
  const model = registeredModel(core.stores, { owners: [OWNER], channel }, clock.now());
  report = core.stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(30), findings: [finding()] });
  repostOpenReports(core.stores, clock.now());
  await local.bot.outbox.drain();
});

beforeEach(() => {
  for (const { ts } of local.workspace.state.ephemerals(channel)) seen.add(ts);
});

afterEach(() => local.workspace.clearFaults());

afterAll(async () => {
  await local?.stop();
  await core?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Answers of the tests before. */
const seen = new Set<string>();
const answers = () => local.workspace.state.ephemerals(channel).filter(({ ts }) => !seen.has(ts));
const posted = () => local.workspace.state.messages(channel).find(({ isFromApp }) => isFromApp);

/** What the person reads after a command, once it is no "Working on …" any more. */
async function answerTo(text: string, user: string = OWNER): Promise<string> {
  const outcome = await local.workspace.issueCommand({ user, channel, text });
  expect(outcome).toMatchObject({ ok: true });
  const answer = await until(() => answers().find((one) => !one.text.startsWith('Working on')), `an answer to ${text}`);
  seen.add(answer.ts);
  return answer.text;
}

const press = (user: string, actionId: string, value?: string) =>
  local.workspace.press({ user, channel, ts: posted()?.ts ?? '', actionId, ...(value === undefined ? {} : { value }) });

describe('bad input is answered kindly, over the wire', () => {
  it.each([
    ['an unknown subcommand', '/drift mut churn 4h', /Did you mean .*mute/],
    ['a wrong duration', '/drift mute churn 4x', /Expected .*duration.*got "4x"/],
    ['a duration that is too long', '/drift mute churn 90d', /thirty days|30 days|at most/],
    ['an unknown model', '/drift status chrun', /Did you mean .*churn/],
    ['an unknown model that begins like one', '/drift mute churning 4h', /Did you mean .*churn/],
    ['an unknown column', '/drift chart churn agee', /Did you mean .*age/],
    ['an option that there is not', '/drift list --loud', /the option --loud\. Leave it out/],
    ['an option that is mistyped', '/drift edit churn --chanel #a', /Did you mean .*--channel/],
    [
      'a flag in other letters',
      '/drift label churn age 2026-01-01 —Healthy',
      /^Expected .*--Healthy\. Did you mean .*--healthy/,
    ],
    ['a flag with a value', '/drift label churn age 2026-01-01 --healthy=no', /^Expected --healthy without a value/],
    ['a quotation without an end', '/drift mute churn "4h', /quot/i],
    [
      'a channel that there is not',
      '/drift edit churn --channel #nosuch',
      /a channel that the bot can see, got "#?nosuch"/,
    ],
    ['a report that there is not', '/drift vote 999 real', /^Expected a report that is still kept, got report 999/],
  ])('%s: %s', async (_what, text, words) => {
    const answer = await answerTo(text);

    expect(answer).toMatch(words);
    expect(answer).not.toMatch(/undefined|\[object|Error:|reference [0-9a-f]{8}/);
  });

  it('two hundred thousand characters: says how many it takes, and gives none of them back', async () => {
    const answer = await answerTo(`/drift mute churn ${'x'.repeat(TWO_HUNDRED_KB)}`);

    expect(answer).toMatch(/^Expected at most 4000 characters, got \d+ characters\. Shorten the command\.$/);
  });

  it('an expired trigger: says so and what to do', async () => {
    local.workspace.inject({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });

    expect(await answerTo('/drift register')).toMatch(/expired_trigger_id.* again/);
  });

  it('a channel that Slack does not know: says so, and changes nothing', async () => {
    const answer = await answerTo('/drift edit churn --channel C0ELSEWHERE');

    expect(answer).toMatch(/channel_not_found/);
    expect(core.stores.models.bySlug('churn')?.channel).toBe(channel);
  });

  it('a revoked token: says what is wrong with it in words', async () => {
    local.workspace.inject({ method: 'auth.test', kind: 'error', error: 'token_revoked' });

    const answer = await answerTo('/drift doctor');

    expect(answer).toMatch(/token_revoked/);
  });

  it('a person whom Slack cannot name: says that it is Slack, and to try again', async () => {
    local.workspace.inject({ method: 'users.info', kind: 'error', error: 'token_revoked', times: 2 });

    expect(await answerTo('/drift list', RESPONDER)).toMatch(/Expected Slack to say who you are/);
  });

  it('a button that is pressed twice, and two people at once: one has it, the other is told who', async () => {
    local.workspace.duplicateNext();

    await Promise.all([press(OWNER, 'report.acknowledge'), press(RESPONDER, 'report.acknowledge')]);

    await until(() => core.stores.reports.byId(report.id)?.acknowledgedBy, 'an acknowledgement');
    await local.bot.outbox.drain();
    const entries = core.stores.audit.of(`report:${report.id}`).filter(({ action }) => action === 'report.acknowledge');
    expect(entries).toHaveLength(1);
    const told = await until(() => answers().find(({ text }) => /look/i.test(text)), 'a word to the second');
    expect(told.text).not.toContain('reference');
  });

  it('a channel that the bot was removed from, and then one that is archived: says which, and what to do', async () => {
    const { workspace } = local;
    const register = '/drift register other --source /nowhere.csv --time-column at';

    workspace.kick(channel, workspace.botUserId);
    expect(await answerTo(register)).toMatch(
      /got one that it is not in\. Type “\/invite @driftbell” in it, and try again/,
    );

    workspace.archive(channel);
    expect(await answerTo(register)).toMatch(/got one that is archived\. Name another channel/);
    expect(core.stores.models.bySlug('other')).toBeUndefined();
  });
});

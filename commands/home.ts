import { modelStrips, newestWindow, presentReport, scopeWords, summarySentence } from '../src/alerting/index.ts';
import { TRAFFIC_SERIES } from '../src/domain/all-traffic.ts';
import type { StripChartRequest } from '../src/domain/chart-request.ts';
import { counted } from '../src/domain/counted.ts';
import { homeActions } from '../src/domain/home-action.ts';
import type { EpochMs, ModelId, UserId } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import { modelActions } from '../src/domain/model-action.ts';
import { quietWords } from '../src/domain/quiet-hours.ts';
import { isAtLeast, type Role } from '../src/domain/role.ts';
import type { SeriesKey } from '../src/domain/series.ts';
import { ALL_TRAFFIC } from '../src/domain/statistic.ts';
import { shiftWindow } from '../src/domain/window.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { formatWindow } from '../src/messages/format-window.ts';
import { type Action, bold, code, type Message, type MessageBlock, sentence, text } from '../src/messages/message.ts';
import { sparkline } from '../src/messages/sparkline.ts';
import type { Standing } from '../src/ports/access.ts';
import type { CommandDeps } from './command.ts';
import { digestBlocks, digestButton } from './home-digest.ts';
import { health } from './list.ts';
import { register } from './register.ts';
import { unmute } from './unmute.ts';

export interface HomeDeps extends Pick<CommandDeps, 'stores' | 'clock' | 'access'> {
  /** When the model is checked next by itself. */
  readonly nextCheck: (model: Model) => EpochMs | undefined;
  /** When the channel gets its digest next by itself. */
  readonly nextDigest: (channel: string) => EpochMs | undefined;
}

export interface HomeInput {
  readonly user: UserId;
  /** From 0; beyond the last one is the last. */
  readonly page: number;
  /** What an action has just done. */
  readonly notice?: string;
}

export interface Home {
  readonly message: Message;
  /** A picture of the models on the page; none where there are none. */
  readonly strip?: StripChartRequest;
}

/** Models on a page: each takes three blocks of the hundred that a tab may have. */
const PAGE_SIZE = 8;
/** Mutes of a model that can be ended here. */
const MOST_MUTES = 3;
/** Windows of a sparkline: four weeks of days, as wide as a phone shows. */
const SPARK_WINDOWS = 28;

/** What a person finds in the bot's home tab: their own models first, then all others. */
export async function homeOf(deps: HomeDeps, { user, page, notice }: HomeInput): Promise<Home> {
  const { stores, clock, access } = deps;
  const now = clock.now();
  const role = await access.roleOf(user);
  if (!isAtLeast(role, 'viewer')) return { message: refusals[await access.standingOf(user)] };
  const models = stores.models.list();
  const mine = models.filter((model) => isMine(model, user));
  const ordered = [...mine, ...models.filter((model) => !isMine(model, user))];
  const pages = Math.max(1, Math.ceil(ordered.length / PAGE_SIZE));
  const shown = Math.min(Math.max(0, page), pages - 1);
  const onPage = ordered.slice(shown * PAGE_SIZE, (shown + 1) * PAGE_SIZE);
  const roles = await rolesOf(deps, onPage, user);
  const mayRegister = isAtLeast(role, register.role);
  const [strip] = modelStrips({ stores }, onPage, now);
  const title = models.length === 0 ? 'Welcome to Driftbell' : 'Your models';
  const blocks: MessageBlock[] = [
    { type: 'header', text: title },
    ...(notice === undefined ? [] : [{ type: 'paragraph' as const, content: sentence(`✅ ${notice}`) }]),
    ...(models.length === 0
      ? greeting(mayRegister)
      : [{ type: 'paragraph' as const, content: [text(tally(deps, models, mine))] }]),
    { type: 'actions', actions: topActions(mayRegister) },
    ...onPage.flatMap((model) => modelBlocks(deps, model, { now, role: roles.get(model.id) })),
    ...(pages === 1 ? [] : [{ type: 'actions' as const, actions: pageActions(shown, pages) }]),
    { type: 'divider' },
    ...digestBlocks(deps, onPage),
    { type: 'context', content: [text(learningWords(deps))] },
    { type: 'context', content: [text(`Updated at ${formatInstant(now, 'UTC')}`)] },
  ];
  return { message: { text: title, blocks }, ...(strip === undefined ? {} : { strip }) };
}

/** What somebody reads who has no role, by why that is. */
const refusals: Readonly<Record<Standing, Message>> = {
  member: refusalOf(
    'Driftbell does not know you',
    'You have no role in Driftbell here. Ask whoever runs it to give you one.',
  ),
  outsider: refusalOf(
    'Driftbell answers members of its own workspace only',
    'Driftbell answers members of its own workspace only, and refuses people of other organisations. Ask a member: `/drift list --share`, for instance, shows its answer to a whole channel.',
  ),
  unknown: refusalOf(
    'Slack does not say who you are',
    'Slack does not say who you are at the moment, so nothing is shown. Open this again in a minute; if it stays so, whoever runs Driftbell sees why with `driftbell doctor`.',
  ),
};

function refusalOf(title: string, words: string): Message {
  return { text: title, blocks: [{ type: 'paragraph', content: sentence(words) }] };
}

/** What somebody sees where it has just been installed. */
function greeting(mayRegister: boolean): readonly MessageBlock[] {
  const steps = mayRegister
    ? [
        'Invite me to the channel that should get the reports: `/invite @driftbell`.',
        'Press “Watch a model”, or type `/drift register`: a file or folder of scored requests is enough.',
        'From the next window on I say when something is wrong. Your 👍 and 👎 teach me.',
      ]
    : [
        'You look here and change nothing: ask somebody with the role responder to type `/drift register`.',
        'From the next window on this tab shows how the model is.',
      ];
  return [
    {
      type: 'paragraph',
      content: [
        text(
          'I watch the features and scores of your models, and post one report per model when something leaves the ',
        ),
        text('range that its own past makes likely.'),
      ],
    },
    {
      type: 'list',
      items: steps.map((step, place) => sentence(`${place + 1}. ${step}`)),
      overflowNote: 'steps',
    },
  ];
}

function isMine({ owners, registeredBy }: Model, user: UserId): boolean {
  return owners.includes(user) || registeredBy === user;
}

function tally({ stores }: HomeDeps, models: readonly Model[], mine: readonly Model[]): string {
  const open = models.filter(({ id }) => stores.reports.open(id) !== undefined).length;
  const reports = open === 0 ? 'no open report' : counted(open, 'open report');
  return `${counted(models.length, 'model')}, ${mine.length} of them yours; ${reports}.`;
}

function topActions(mayRegister: boolean): Action[] {
  const watch: Action = {
    type: 'button',
    action: homeActions.register,
    text: 'Watch a model',
    value: 'new',
    style: 'primary',
  };
  const refresh: Action = { type: 'button', action: homeActions.refresh, text: 'Refresh', value: '0' };
  return mayRegister ? [watch, refresh] : [refresh];
}

function pageActions(page: number, pages: number): Action[] {
  const to = (place: number, words: string): Action => ({
    type: 'button',
    action: homeActions.page,
    text: words,
    value: String(place),
    accessibilityLabel: `${words}: page ${place + 1} of ${pages}`,
  });
  return [...(page > 0 ? [to(page - 1, 'Earlier')] : []), ...(page < pages - 1 ? [to(page + 1, 'More models')] : [])];
}

/** The person's role over each of them. */
async function rolesOf(
  { access }: HomeDeps,
  models: readonly Model[],
  user: UserId,
): Promise<ReadonlyMap<ModelId, Role | undefined>> {
  return new Map(await Promise.all(models.map(async (model) => [model.id, await access.roleOf(user, model)] as const)));
}

function modelBlocks(
  deps: HomeDeps,
  model: Model,
  { now, role }: { readonly now: EpochMs; readonly role: Role | undefined },
): MessageBlock[] {
  const { stores } = deps;
  const open = stores.reports.open(model.id);
  const story = open === undefined ? '' : `\n${summarySentence(presentReport({ stores }, open, now))}`;
  const spark = sparkOf(deps, model);
  const blocks: MessageBlock[] = [
    {
      type: 'paragraph',
      content: [
        bold(model.slug),
        text(` ${health(deps, model)} · `),
        { type: 'channel', channelId: model.channel },
        ...(spark === undefined ? [] : [text('\n'), code(spark.line), text(` ${spark.of}`)]),
        ...sentence(story),
      ],
    },
    { type: 'context', content: [text(runWords(deps, model))] },
  ];
  const quietHours: Action = {
    type: 'button',
    action: homeActions.quietHours,
    text: model.quietHours === undefined ? 'Set quiet hours' : 'Change quiet hours',
    value: String(model.id),
    accessibilityLabel: `Quiet hours of ${model.slug}`,
  };
  const mutes = stores.mutes.inForce(model.id, now).map(
    ({ id, scope, untilMs }): Action => ({
      type: 'button',
      action: modelActions.endMute,
      text: `Unmute ${scopeWords(scope)}`,
      value: String(id),
      accessibilityLabel: `End the mute of ${scopeWords(scope)} of ${model.slug}, until ${formatInstant(untilMs, model.zone)}`,
    }),
  );
  const actions = [
    ...(isAtLeast(role, 'owner') ? [quietHours, digestButton(model)] : []),
    ...(isAtLeast(role, unmute.role) ? mutes.slice(0, MOST_MUTES) : []),
  ];
  return actions.length === 0 ? blocks : [...blocks, { type: 'actions', actions }];
}

/** The score's mean, or the traffic where there is no score. */
function sparkOf({ stores }: HomeDeps, model: Model): { readonly line: string; readonly of: string } | undefined {
  const last = newestWindow(stores, model);
  if (last === undefined) return undefined;
  const score = stores.models.columns(model.id).find(({ role }) => role === 'score');
  const key: SeriesKey =
    score === undefined
      ? TRAFFIC_SERIES
      : { segment: ALL_TRAFFIC, column: score.name, role: 'score', statistic: 'mean' };
  const from = shiftWindow(last, 1 - SPARK_WINDOWS, model.zone, model.granularity);
  const [series] = stores.statistics.series(model.id, [key], from.startMs, last.endMs);
  const points = series?.points ?? [];
  if (points.length === 0) return undefined;
  return { line: sparkline(points.map(({ value }) => value)), of: score === undefined ? 'rows' : `${score.name} mean` };
}

function runWords({ stores, nextCheck }: HomeDeps, model: Model): string {
  const newest = newestWindow(stores, model);
  const run = stores.runs.latest('check', model.id);
  const next = nextCheck(model);
  return [
    newest === undefined ? 'no window yet' : `newest window ${formatWindow(newest, model.zone)}`,
    ...(run === undefined ? [] : [`last check ${run.outcome}, ${formatInstant(run.startedAt, model.zone)}`]),
    ...(model.quietHours === undefined ? [] : [`🌙 quiet ${quietWords(model.quietHours)}`]),
    ...(next === undefined ? [] : [`next ${formatInstant(next, model.zone)}`]),
  ].join(' · ');
}

function learningWords({ stores }: HomeDeps): string {
  const votes = stores.votes.count();
  const detector = stores.detectors.active();
  return `Learning: ${counted(votes, 'vote')} so far · detector ${detector?.manifest.name ?? 'none'}`;
}

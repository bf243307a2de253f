import {
  columnStory,
  presentReport,
  scopeWords,
  summarySentence,
  undelivered,
  undeliveredWords,
} from '../src/alerting/index.ts';
import { type ColumnRule, columnRules } from '../src/domain/anomaly.ts';
import { isPersonId } from '../src/domain/chat-ids.ts';
import { counted } from '../src/domain/counted.ts';
import type { EpochMs } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import type { Mute } from '../src/domain/mute.ts';
import { quietWords } from '../src/domain/quiet-hours.ts';
import { ALL_TRAFFIC, type ColumnProblem } from '../src/domain/statistic.ts';
import { windowAt } from '../src/domain/window.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { formatWindow } from '../src/messages/format-window.ts';
import { bold, code, type Inline, type Message, plainSentence, sentence, text } from '../src/messages/message.ts';
import type { Run } from '../src/ports/stores.ts';
import { viewBudget } from '../src/postprocessing/index.ts';
import { realisedWords, welcomeWords } from './budget-words.ts';
import { type CommandDeps, defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';
import { landingWords } from './landing-words.ts';

const USAGE = 'status <model>';

export const status = defineCommand<{ readonly slug: string }>({
  name: 'status',
  usage: USAGE,
  summary: 'Shows one model: whether its rows have come, its last check, its open report, its mute, what is watched.',
  examples: ['status flight-delay'],
  role: 'viewer',
  about: 'model',
  parse: (args) => {
    refuseExtras(args, 1, [], USAGE);
    return { slug: requireWord(args, 0, 'model', USAGE) };
  },
  run: (deps, { slug }): Message => {
    const model = findModel(deps.stores, slug);
    const facts = factsOf(deps, model);
    return {
      text: `${model.slug}: ${facts.map(({ label, words }) => `${label.toLowerCase()} ${plainSentence(words).replace(/\.$/, '')}`).join('; ')}.`,
      blocks: [
        { type: 'header', text: model.slug },
        { type: 'facts', facts: facts.map(({ label, words }) => ({ label, value: sentence(words) })) },
        { type: 'context', content: sourceLine(model) },
      ],
    };
  },
});

interface Fact {
  readonly label: string;
  readonly words: string;
}

/** Nothing for a model without a budget. */
function budgetLine(stores: CommandDeps['stores'], model: Model): Fact[] {
  const { budget, realised } = viewBudget({ stores }, model);
  if (budget === undefined) return [];
  return [{ label: 'Alert budget', words: `${welcomeWords(budget)}; really came ${realisedWords(realised, budget)}` }];
}

function factsOf({ stores, clock }: CommandDeps, model: Model): readonly Fact[] {
  const now = clock.now();
  const run = stores.runs.latest('check', model.id);
  const newest = stores.runs.newestDone('check', model.id);
  const open = stores.reports.open(model.id);
  const mutes = stores.mutes.inForce(model.id, now);
  const columns = stores.models.columns(model.id);
  const windows = stores.statistics.windowStarts(model.id);
  return [
    {
      label: 'Report',
      words:
        open === undefined
          ? 'none open'
          : `#${open.id}, ${open.state}: ${summarySentence(presentReport({ stores }, open, now))}`,
    },
    {
      label: 'Last window judged',
      words:
        newest === undefined ? 'none yet' : formatWindow(windowAt(newest, model.zone, model.granularity), model.zone),
    },
    {
      label: 'Last check',
      words:
        run === undefined
          ? 'none yet'
          : `${run.outcome}, ${formatInstant(run.startedAt, model.zone)}${run.error === undefined ? '' : `: ${run.error}`}`,
    },
    ...deliveryFacts(stores, model, now),
    ...landingFacts(stores, model, now),
    ...holidayFacts(stores, model, now),
    { label: 'Mute', words: mutes.length === 0 ? 'not muted' : listed(mutes.map((mute) => muteWords(mute, model))) },
    ...(model.quietHours === undefined
      ? []
      : [{ label: 'Quiet hours', words: `${quietWords(model.quietHours)} (${model.zone})` }]),
    ...budgetLine(stores, model),
    { label: 'Watched', words: counted(columns.filter(({ role }) => role !== 'traffic').length, 'column') },
    ...columnFacts(stores, model, windows.at(-1)),
    { label: 'History', words: `${counted(windows.length, 'window')} of one ${model.granularity}` },
  ];
}

/** Only where Slack refuses what is written, such as the messages to a channel that the bot is not in. */
function deliveryFacts(stores: CommandDeps['stores'], model: Model, now: EpochMs): Fact[] {
  const stuck = undelivered(stores, now, model);
  if (stuck.length === 0) return [];
  // What was given up does not go elsewhere; what waits would.
  const isWaiting = stuck.some(({ isGivenUp }) => !isGivenUp);
  const elsewhere = isWaiting ? [`Another channel: \`/drift edit ${model.slug} --channel #other\``] : [];
  return [{ label: 'Not delivered', words: [...stuck.map(undeliveredWords), ...elsewhere].join(' ') }];
}

/** How far ahead the next public holiday is looked for: no country goes without one for a year. */
const HOLIDAYS_AHEAD_MS = 366 * 86_400_000;

/** The next one; nothing for a model without holidays. */
function holidayFacts(stores: CommandDeps['stores'], { id, zone }: Model, now: EpochMs): Fact[] {
  const ahead = stores.events.overlapping(id, now, now + HOLIDAYS_AHEAD_MS).filter(({ kind }) => kind === 'holiday');
  const next = ahead.toSorted((a, b) => a.startMs - b.startMs)[0];
  if (next === undefined) return [];
  return [{ label: 'Next holiday', words: `${next.text}, ${formatWindow(windowAt(next.startMs, zone, 'day'), zone)}` }];
}

/** Only where there is something to say: columns that are gone, unreadable or of another type, and those that came. */
function columnFacts(
  stores: CommandDeps['stores'],
  model: Model,
  newestMs: number | undefined,
): { label: string; words: string }[] {
  if (newestMs === undefined) return [];
  const rows = stores.statistics.window(model.id, windowAt(newestMs, model.zone, model.granularity));
  const faults = rows.flatMap(({ segment, column, problems }) => {
    if (segment !== ALL_TRAFFIC) return [];
    return problems.flatMap(({ code: rule, text: note, rows: some }) =>
      isFault(rule) && some === undefined ? [`\`${column}\` ${columnStory(rule, note)}`] : [],
    );
  });
  const added = stores.models.newColumns(model.id).map(({ name, reason }) => `\`${name}\` ${reason}`);
  return [
    ...(faults.length === 0 ? [] : [{ label: 'Column faults', words: listed(faults) }]),
    ...(added.length === 0 ? [] : [{ label: 'New columns', words: listed(added) }]),
  ];
}

function isFault(problem: ColumnProblem['code']): problem is ColumnRule {
  return problem !== 'column_new' && columnRules.some((rule) => rule === problem);
}

/** A wide table may lose hundreds at once. */
function listed(words: readonly string[]): string {
  const more = words.length - MOST_LISTED;
  return `${words.slice(0, MOST_LISTED).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

const MOST_LISTED = 5;

/** How long rows are waited for, and so how far back a window may be late. */
const LOOKED_BACK_MS = 14 * 86_400_000;
/** Late windows that are named. */
const NAMED_WINDOWS = 5;

function landingFacts({ looks, runs }: CommandDeps['stores'], model: Model, now: EpochMs): Fact[] {
  const seen = looks.between(model.id, now - LOOKED_BACK_MS, now);
  const newest = seen.at(-1);
  const late = seen.filter(({ state }) => state === 'late').map(({ window }) => formatWindow(window, model.zone));
  const more = late.length > NAMED_WINDOWS ? ` and ${late.length - NAMED_WINDOWS} more` : '';
  const labels = model.labelColumn === undefined ? undefined : runs.latest('late labels', model.id);
  return [
    {
      label: 'Newest window',
      words:
        newest === undefined
          ? 'none looked at within two weeks'
          : `${formatWindow(newest.window, model.zone)}, ${landingWords(newest)} (looked at ${formatInstant(newest.atMs, model.zone)})`,
    },
    ...(late.length === 0 ? [] : [{ label: 'Late', words: `${late.slice(-NAMED_WINDOWS).join(', ')}${more}` }]),
    ...(model.labelColumn === undefined ? [] : [{ label: 'Late labels', words: labelWords(labels, model) }]),
  ];
}

function labelWords(run: Run | undefined, { zone }: Model): string {
  if (run === undefined) return 'not looked for yet';
  const { looked = 0, touched = 0 } = run.counts;
  const found = run.outcome === 'ok' ? `: of ${counted(looked, 'window')} ${touched} computed again` : '';
  return `${run.outcome}, ${formatInstant(run.startedAt, zone)}${found}`;
}

/** What is muted and until when: the whole model, which needs no name, or a part of it. */
function muteWords({ untilMs, reason, scope, untilChange }: Mute, { zone }: Model): string {
  const at = formatInstant(untilMs, zone);
  const until = untilChange === undefined ? `until ${at}` : `until it changes, at most until ${at}`;
  const what = scope === undefined ? '' : `${scopeWords(scope)} `;
  return `${what}${until}${reason === undefined ? '' : ` (${reason})`}`;
}

/** A person, a user group, or what acts by itself. */
function person(id: string): Inline {
  return isPersonId(id) ? [{ type: 'user', userId: id }] : [text(id)];
}

function sourceLine(model: Model): Inline {
  return [
    bold('Source'),
    text(' '),
    code(model.source.location),
    text(' · time '),
    code(model.timeColumn),
    text(` · ${model.zone} · registered by `),
    ...person(model.registeredBy),
    ...(model.owners.length === 0
      ? [text(' · no owners')]
      : [
          text(' · owners '),
          ...model.owners.flatMap((owner, place) => [text(place === 0 ? '' : ', '), ...person(owner)]),
        ]),
  ];
}

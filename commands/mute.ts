import { mute as muteModel, scopeWords } from '../src/alerting/index.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import type { Model } from '../src/domain/model.ts';
import { CHANGE_RATIO, LONGEST_UNTIL_CHANGE_MS, type MutedLevel, type UntilChange } from '../src/domain/mute.ts';
import { isInScope, type SeriesScope } from '../src/domain/series-scope.ts';
import { readUntil, requireUntil, resolveUntil } from '../src/domain/until.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { type CommandDeps, defineCommand } from './command.ts';
import { columnNamed, findColumn } from './find-column.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';
import { openReport } from './open-report.ts';

const USAGE = 'mute <model> [column] <duration | until time | until it changes> [reason]';

interface MuteWords {
  readonly slug: string;
  /** All that follows the model; what of it is a column depends on the model. */
  readonly words: readonly string[];
}

export const mute = defineCommand<MuteWords>({
  name: 'mute',
  usage: USAGE,
  summary: 'Posts nothing new about a model, or one column of it, for a while. Detection goes on.',
  examples: [
    'mute flight-delay 4h',
    'mute flight-delay 3d "backfill is running"',
    'mute flight-delay until fri 09:00',
    'mute flight-delay distance 7d',
    'mute flight-delay distance until it changes',
  ],
  role: 'responder',
  about: 'model',
  parse: (args) => {
    refuseExtras(args, Number.POSITIVE_INFINITY, [], USAGE);
    const slug = requireWord(args, 0, 'model', USAGE);
    requireWord(args, 1, 'duration', USAGE);
    return { slug, words: args.words.slice(1) };
  },
  run: (deps, { slug, words }, { user, report }): Message => {
    const model = findModel(deps.stores, slug);
    const { scope, rest } = scopeIn(deps, model, words);
    const now = deps.clock.now();
    const untilChange = changeWords(rest);
    const { untilMs, used } =
      untilChange === undefined
        ? whenIn(rest, now, model)
        : { untilMs: now + LONGEST_UNTIL_CHANGE_MS, used: untilChange };
    const reason = rest.slice(used).join(' ');
    const change =
      untilChange === undefined
        ? undefined
        : { ratio: CHANGE_RATIO, levels: levelsOf(openReport(deps.stores, model, report), scope) };
    muteModel(deps, {
      ...{ model, by: user, untilMs },
      ...(scope && { scope }),
      ...(reason !== '' && { reason }),
      ...(change && { untilChange: change }),
    });
    return plainMessage(answerWords(model, { scope, untilMs, change }));
  },
});

/** `age 7d` names a column; `7d age is odd` does not. */
function scopeIn({ stores }: CommandDeps, model: Model, words: readonly string[]) {
  const [first = '', ...others] = words;
  if (changeWords(words) !== undefined || readUntil(words) !== undefined) return { scope: undefined, rest: words };
  const isFollowed = changeWords(others) !== undefined || readUntil(others) !== undefined;
  const column = isFollowed ? findColumn(stores, model, first) : columnNamed(stores, model, first);
  return column === undefined ? { scope: undefined, rest: words } : { scope: { column }, rest: others };
}

function whenIn(words: readonly string[], now: number, { zone }: Model) {
  const { until, used } = requireUntil(words);
  return { untilMs: resolveUntil(until, now, zone), used };
}

/** How many words `until it changes` took; undefined where they say something else. */
function changeWords(words: readonly string[]): number | undefined {
  const said = words.slice(0, 3).map((word) => word.toLowerCase());
  if (said[0] !== 'until' && said[0] !== 'till') return undefined;
  if (said[1] === 'change' || said[1] === 'changes') return 2;
  return said[1] === 'it' && said[2] === 'changes' ? 3 : undefined;
}

/** Where each series of the report stands now: what leaves it is told again. */
function levelsOf(report: ReturnType<typeof openReport>, scope: SeriesScope | undefined): readonly MutedLevel[] {
  const meant = report.findings.filter(({ series, pattern }) => isInScope(scope ?? {}, series, pattern));
  if (meant.length === 0) {
    throw new DriftbellError('usage.invalid', {
      expected: `a finding of report #${report.id} that may change`,
      received: `${scopeWords(scope)}, which it says nothing of`,
      remedy: 'give a duration such as 7d instead',
    });
  }
  return meant.map(({ series, anomalies, worst }) => {
    const { value, forecast, rule } = anomalies.at(-1) ?? worst;
    return { series, value, rule, ...(forecast && { forecast }) };
  });
}

function answerWords(
  model: Model,
  mute: {
    readonly scope: SeriesScope | undefined;
    readonly untilMs: number;
    readonly change: UntilChange | undefined;
  },
): string {
  const { scope, untilMs, change } = mute;
  const what = scope === undefined ? model.slug : `${scopeWords(scope)} of ${model.slug}`;
  const undo = `\`/drift unmute ${model.slug}${scope === undefined ? '' : ` ${scopeWords(scope)}`}\``;
  const at = formatInstant(untilMs, model.zone);
  const until = change === undefined ? `until ${at}` : `until it changes, at most until ${at}`;
  return `${what} is muted ${until}. Undo with ${undo}.`;
}

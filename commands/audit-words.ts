import { scopeWords } from '../src/alerting/index.ts';
import { isChannelId, isPersonId } from '../src/domain/chat-ids.ts';
import { counted } from '../src/domain/counted.ts';
import { type DigestPlan, digestTimeWords } from '../src/domain/digest-plan.ts';
import { type FilterSettingName, filterSettingNames, settingFlag } from '../src/domain/filter-settings.ts';
import { formatQuietHours, type QuietHours } from '../src/domain/quiet-hours.ts';
import type { SeriesScope } from '../src/domain/series-scope.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { formatCompactShare, formatNumber } from '../src/messages/format-number.ts';
import { code, type Inline, type InlineRun, text } from '../src/messages/message.ts';
import type { AuditEntry } from '../src/ports/stores.ts';

/** What an entry is about, as far as it is still known. */
export interface AuditSubject {
  /** `churn`, `report #7 of churn`. */
  readonly name: string;
  readonly zone: string;
}

type Facts = AuditEntry['facts'];
interface About {
  readonly facts: Facts;
  readonly of: string;
  readonly zone: string;
}
type Phrase = (about: About) => Inline;

/** Of a long list the first ones tell which it is. */
const MOST_MEMBERS = 6;
/** Of a long value the beginning tells which it is. */
const VALUE_CHARS = 80;

/** `1 Feb 2026, 09:00 UTC: @anna muted age of churn until 8 Feb 2026, 09:00 UTC`. */
export function auditLine(entry: AuditEntry, { name, zone }: AuditSubject): Inline {
  const { at, by, action, facts } = entry;
  const phrase = phrases[action]?.({ facts, of: name, zone }) ?? [text('did '), code(action), text(` on ${name}`)];
  return [text(`${formatInstant(at, zone)}: `), ...person(by), text(' '), ...phrase];
}

/** One phrase for each action that is ever written; what is written by a later version is told by its name. */
const phrases: Readonly<Record<string, Phrase>> = {
  'access.denied': ({ facts, of }) => [
    ...say('was refused: '),
    ...wanted(string(facts.wanted), of),
    ...say(` takes the role ${string(facts.need)}, theirs is ${string(facts.role)}`),
  ],
  'model.register': ({ facts, of }) => {
    const { source, channel } = record(facts.settings);
    return [...say(`registered ${of}: source `), ...value(source), ...say(', reports to '), ...value(channel)];
  },
  'model.edit': ({ facts, of }) => [
    ...say(`changed ${of}: `),
    ...changeWords(record(facts.before), record(facts.after)),
  ],
  'model.retire': ({ of }) => say(`retired ${of}`),
  'model.filters': filterWords,
  'model.budget': ({ facts, of }) =>
    say(`set the alert budget of ${of}: ${perMonth(facts.before)} → ${perMonth(facts.reportsPerMonth)}`),
  'model.mute': ({ facts, of, zone }) =>
    say(
      `muted ${scoped(facts.scope, of)} until ${instant(facts.untilMs, zone)}${facts.untilChange === true ? ', or until it changes' : ''}${told(facts.reason)}`,
    ),
  'model.unmute': ({ facts, of }) => {
    const scopes = Array.isArray(facts.scopes) ? facts.scopes : [{}];
    if (scopes.length === 1) return say(`unmuted ${scoped(scopes[0], of)}`);
    return say(`unmuted ${scopes.map((scope) => scopeWords(record(scope) as SeriesScope)).join(', ')} of ${of}`);
  },
  'event.declare': ({ facts, of, zone }) =>
    say(
      `declared on ${of}: ${string(facts.kind)} from ${instant(facts.startMs, zone)} to ${instant(facts.endMs, zone)}${told(facts.text)}`,
    ),
  'event.withdraw': ({ facts, of, zone }) =>
    say(`withdrew on ${of}: ${string(facts.kind)} from ${instant(facts.startMs, zone)}`),
  'report.acknowledge': ({ of }) => say(`acknowledged ${of}`),
  'report.release': ({ of }) => say(`took the acknowledgement of ${of} back`),
  'report.settle': ({ of }) => say(`said that what ${of} shows is right from now on`),
  'vote.cast': ({ facts, of }) => say(`voted ${verdict(facts)} on ${findingOf(facts)}${of}`),
  'vote.change': ({ facts, of }) =>
    say(`changed their vote on ${findingOf(facts)}${of}: ${verdict(record(facts.before))} → ${verdict(facts)}`),
  'mark.undo': ({ facts, of }) => say(`undid mark #${string(facts.mark)} (${plain(facts.kind)}) of ${of}`),
  'mark.lift': ({ facts, of }) =>
    say(`lifted mark #${string(facts.mark)} (${plain(facts.kind)}) of ${string(facts.series)} of ${of}`),
  'mark.expect': ({ facts, of }) =>
    say(
      `put mark #${string(facts.mark)} (${plain(facts.kind)}) on ${string(facts.series)} of ${of}: nobody voted on it, and of ${string(facts.returned)} findings that came again ${string(facts.falseAlarms)} were called false alarms`,
    ),
  'label.say': (about) => [...say('said that '), ...labelled(about), ...say(told(about.facts.word))],
  'label.undo': (about) => [
    ...say(`took label #${string(about.facts.label)} back, by which `),
    ...value(about.facts.whose),
    ...say(' had said that '),
    ...labelled(about),
  ],
  'label.import': ({ facts }) => [
    ...say(`imported ${labelCount(facts.labels)} of `),
    ...value(facts.models),
    ...say(' from '),
    ...value(facts.file),
  ],
  'detector.pin': ({ facts }) => say(`pinned version ${string(facts.number ?? facts.to)} of the detector`),
  'detector.unpin': ({ facts }) => say(`unpinned version ${string(facts.number)} of the detector`),
  'detector.rollback': ({ facts }) =>
    say(`rolled the detector back: version ${string(facts.from)} → ${string(facts.to)}`),
  'detector.promote': ({ facts }) => say(`put version ${string(facts.number)} of the detector in force`),
  'detector.refuse': ({ facts }) => [
    ...say(`did not put version ${string(facts.number)} of the detector in force: `),
    ...value(facts.reasons),
  ],
  'detector.decay': ({ facts }) => say(`found that the detector decays: ${precision(facts)}`),
  'detector.recover': ({ facts }) => say(`found that the detector has recovered: ${precision(facts)}`),
  'detector.uncalibrated': ({ facts }) =>
    say(`found that the probabilities of the detector no longer mean what they did: ${calibration(facts)}`),
  'detector.calibrated': () => say('found that the probabilities of the detector mean again what they did'),
  'digest.edit': ({ facts, of }) => [
    ...say('changed the weekly digest of '),
    ...value(of),
    ...say(': '),
    ...digestPlan(facts.from),
    ...say(' → '),
    ...digestPlan(facts.to),
  ],
};

/** Actions that have words of their own. */
export const auditActions: readonly string[] = Object.keys(phrases);

/** What was wanted, where it was no command that was typed. */
const deeds: Readonly<Record<string, string>> = {
  'model.register': 'registering a model',
  'model.edit': 'changing',
  'model.retire': 'retiring',
  'model.filters': 'setting filters of',
  'model.budget': 'setting the alert budget of',
  'model.mute': 'muting',
  'model.unmute': 'unmuting',
  'digest.edit': 'changing the digest of',
  'event.declare': 'declaring something on',
  'mark.undo': 'undoing a mark of',
  'label.undo': 'taking back a label of',
  'report.acknowledge': 'acknowledging a report of',
  'report.release': 'taking an acknowledgement back of',
  'report.details': 'looking at a report of',
  'vote.cast': 'voting on',
  'vote.undo': 'undoing votes on',
};

/** `/drift mute` on churn, or changing churn. */
function wanted(action: string, of: string): Inline {
  const isAll = of === 'driftbell';
  const deed = deeds[action];
  if (deed !== undefined) return say(isAll ? deed : `${deed} ${of}`);
  return [code(action), ...say(isAll ? '' : ` on ${of}`)];
}

function say(words: string): Inline {
  return [text(words)];
}

/** A person, or what acts by itself. */
export function person(by: string): Inline {
  if (isPersonId(by)) return [{ type: 'user', userId: by }];
  return say(by === 'system' ? 'Driftbell' : `the ${by}`);
}

/** `lateness minutes 60 → 180, channel #a → #b`. */
export function changeWords(before: Record<string, unknown>, after: Record<string, unknown>): Inline {
  return Object.keys(after).flatMap((field, place): Inline => {
    const name = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    const of = (given: unknown) => (field === 'quietHours' ? quiet(given) : value(given));
    const members = membersChanged(before[field], after[field]);
    if (members !== undefined) return [...say(`${place === 0 ? '' : ', '}${name} `), ...members];
    return [...say(`${place === 0 ? '' : ', '}${name} `), ...of(before[field]), ...say(' → '), ...of(after[field])];
  });
}

/** Of two lists what came and what went: `with a, b, without c`; undefined where one of them is no list. */
function membersChanged(before: unknown, after: unknown): Inline | undefined {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length === 0 || after.length === 0) return undefined;
  const came = after.filter((one) => !before.includes(one));
  const went = before.filter((one) => !after.includes(one));
  return [
    ...(came.length === 0 ? [] : [text('with '), ...value(came)]),
    ...(came.length > 0 && went.length > 0 ? [text(', ')] : []),
    ...(went.length === 0 ? [] : [text('without '), ...value(went)]),
    ...(came.length + went.length === 0 ? [text('in another order')] : []),
  ];
}

/** One setting, or all that a file declared anew. */
function filterWords({ facts, of }: About): Inline {
  if (typeof facts.setting === 'string') {
    const change = `${level(facts.before)} → ${level(facts.value)}`;
    return [...say('set the filter '), code(flag(facts.setting)), ...say(` of ${of}: ${change}`)];
  }
  const [before, after] = [record(facts.before), record(facts.after)];
  const names = filterSettingNames.filter((name) => before[name] !== after[name]);
  const words = names.map((name) => `${flag(name)} ${level(before[name])} → ${level(after[name])}`);
  return say(`set the filters of ${of}: ${words.join(', ')}`);
}

function flag(name: string): string {
  return settingFlag(name as FilterSettingName);
}

function level(given: unknown): string {
  return typeof given === 'number' ? formatNumber(given) : 'the detector’s own';
}

function perMonth(given: unknown): string {
  return typeof given === 'number' ? `at most ${formatNumber(given)} a month` : 'none';
}

function quiet(given: unknown): Inline {
  return say(given === null || given === undefined ? 'none' : formatQuietHours(given as QuietHours));
}

function digestPlan(given: unknown): Inline {
  const plan = record(given) as unknown as DigestPlan;
  return plan.isOn ? [...say(`${digestTimeWords(plan)} in `), ...value(plan.to)] : say('off');
}

function scoped(scope: unknown, of: string): string {
  const given = record(scope) as SeriesScope;
  return Object.keys(given).length === 0 ? of : `${scopeWords(given)} of ${of}`;
}

/** `something was wrong with age/mean of churn from … to …`. */
function labelled({ facts, of, zone }: About): Inline {
  const what = facts.verdict === 'real' ? 'something was wrong' : 'nothing was wrong';
  const span = `from ${instant(facts.fromMs, zone)} to ${instant(facts.toMs, zone)}`;
  return [...say(`${what} with `), ...value(facts.series), ...say(` of ${of} ${span}`)];
}

function labelCount(given: unknown): string {
  return typeof given === 'number' ? counted(given, 'label') : 'labels';
}

function verdict(facts: Record<string, unknown>): string {
  const thumb = facts.verdict === 'real' ? '👍 real' : '👎 not useful';
  return typeof facts.reason === 'string' ? `${thumb} (${plain(facts.reason)})` : thumb;
}

function findingOf({ findingId }: Facts): string {
  return typeof findingId === 'number' ? `finding ${findingId} of ` : '';
}

function precision({ before, now }: Facts): string {
  const share = (given: unknown) => (typeof given === 'number' ? formatCompactShare(given) : 'an unknown share');
  return `${share(before)} → ${share(now)} of what it told was real`;
}

function calibration({ said, before, now }: Facts): string {
  const share = (given: unknown) => (typeof given === 'number' ? formatCompactShare(given) : 'an unknown share');
  return `${share(before)} → ${share(now)} of what it said with ${share(said)} was real`;
}

function told(words: unknown): string {
  return typeof words === 'string' && words !== '' ? `: ${short(words)}` : '';
}

/** A declared value: people and channels as such, lists and pairs in one line. */
function value(given: unknown): Inline {
  if (given === null || given === undefined) return say('none');
  if (Array.isArray(given)) {
    if (given.length === 0) return say('none');
    const named = given.slice(0, MOST_MEMBERS);
    const more = given.length > MOST_MEMBERS ? say(` +${given.length - MOST_MEMBERS} more`) : [];
    return [...named.flatMap((one, place): Inline => [...(place === 0 ? [] : say(', ')), ...value(one)]), ...more];
  }
  if (typeof given === 'object') {
    const pairs = Object.entries(given);
    const { location } = given as { readonly location?: unknown };
    if (typeof location === 'string') return say(short(location));
    return say(pairs.length === 0 ? 'none' : short(pairs.map(([key, one]) => `${key}=${string(one)}`).join(', ')));
  }
  return [mention(String(given)) ?? text(short(String(given)))];
}

function mention(word: string): InlineRun | undefined {
  if (isPersonId(word)) return { type: 'user', userId: word };
  return isChannelId(word) ? { type: 'channel', channelId: word } : undefined;
}

function short(words: string): string {
  return words.length > VALUE_CHARS ? `${words.slice(0, VALUE_CHARS)}…` : words;
}

function plain(given: unknown): string {
  return string(given).replaceAll('_', ' ');
}

function string(given: unknown): string {
  return given === undefined || given === null ? '?' : typeof given === 'object' ? JSON.stringify(given) : `${given}`;
}

function record(given: unknown): Record<string, unknown> {
  return typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
}

function instant(given: unknown, zone: string): string {
  return typeof given === 'number' ? formatInstant(given, zone) : '?';
}

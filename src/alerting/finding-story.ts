import { type ColumnRule, columnRules, type DetectionRule, isColumnRule } from '../domain/anomaly.ts';
import type { Finding } from '../domain/finding.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';
import { changeStory, formatValue, seriesWords } from './words.ts';

type Told = Pick<Finding, 'series' | 'worst'>;

/** What happened to one series or column, without its time. What stands between backticks is a name of the source. */
export function findingStory(finding: Told, isOver: boolean): string {
  const { series, worst } = finding;
  const column = capitalise(series.column);
  const where = series.segment === ALL_TRAFFIC ? '' : ` in ${series.segment}`;
  const is = isOver ? 'was' : 'is';
  switch (worst.rule) {
    case 'band':
      return bandStory(finding, is);
    case 'flat':
      return `${capitalise(seriesWords(series))} ${is} stuck at ${formatValue(worst.value, series)}`;
    case 'all_missing':
      return `${column}: every value ${is} missing`;
    case 'all_default':
      return `${column}: every value ${is} missing or the default`;
    case 'no_rows':
      return `There ${isOver ? 'were' : 'are'} ${worst.note ?? `no rows${where}`}`;
    case 'late':
      if (isOver) return `The rows${where} came late`;
      return worst.note === undefined ? `No rows${where} have come yet` : `The source has stopped: ${worst.note}`;
    case 'collapsed':
      if (series.role === 'traffic') return capitalise(worst.note ?? `most rows${where} were missing`);
      return `${column}: ${worst.note ?? 'most values missing'}`;
    case 'common_mode':
      return `Many series moved at once: ${worst.note ?? 'most of one kind'}`;
    case 'slow_drift':
      return `${capitalise(seriesWords(series))} ${isOver ? 'was drifting' : 'drifts'} slowly ${worst.note ?? ''}`.trim();
    case 'unreadable':
    case 'column_vanished':
    case 'type_changed':
    case 'column_new':
    case 'spelling_changed':
      return `\`${series.column}\` ${isOver ? pastWords[worst.rule] : columnStory(worst.rule, worst.note)}`;
    default:
      return worst.rule satisfies never;
  }
}

/** True where the story itself says since when: it began before the window that it is told in. */
export function tellsSince({ worst: { rule, note = '' } }: Pick<Told, 'worst'>): boolean {
  return (rule === 'slow_drift' || rule === 'late') && /\bsince\b/.test(note);
}

/** What a rule about a column says of it, as a predicate, with what the rule saw. */
export function columnStory(rule: ColumnRule, note: string | undefined): string {
  switch (rule) {
    case 'column_vanished':
      return note ?? 'is gone from the source';
    case 'type_changed':
      return note ?? 'has become of another type';
    case 'column_new':
      return note ?? 'is new in the source and is not watched yet';
    case 'spelling_changed':
      return note ?? 'has a category in two spellings';
    case 'unreadable':
      return note === undefined ? 'cannot be read' : `cannot be read: ${note}`;
    default:
      return rule satisfies never;
  }
}

const pastWords: Readonly<Record<ColumnRule, string>> = {
  column_vanished: 'was gone',
  type_changed: 'was of another type',
  column_new: 'was new in the source; it is not watched',
  unreadable: 'could not be read',
  spelling_changed: 'had a category in two spellings',
};

/** How a report ends whose first finding was of this rule. */
export const recoveryWords: Readonly<Record<DetectionRule, string>> = {
  band: 'Back inside the expected band',
  flat: 'Changing again',
  all_missing: 'Back inside the expected band',
  all_default: 'Back inside the expected band',
  no_rows: 'Back inside the expected band',
  late: 'Back inside the expected band',
  collapsed: 'Back inside the expected band',
  column_vanished: 'Back in the source',
  type_changed: 'Back to its type',
  column_new: 'Told once',
  spelling_changed: 'Back to one spelling',
  slow_drift: 'Told once',
  common_mode: 'Back to moving apart',
  unreadable: 'Readable again',
};

/** Of columns beside the one that a sentence is about: `2 other columns are gone`. */
const companyWords: Readonly<Record<ColumnRule, { readonly one: string; readonly many: string }>> = {
  column_vanished: { one: 'is gone', many: 'are gone' },
  type_changed: { one: 'has become of another type', many: 'have become of another type' },
  column_new: { one: 'is new', many: 'are new' },
  spelling_changed: { one: 'has a category in two spellings', many: 'have categories in two spellings' },
  unreadable: { one: 'cannot be read', many: 'cannot be read' },
};

/** Other columns by what is wrong with them, and how many other series left their band. */
export function companyStory(others: readonly Finding[], watchedSeries: number): string {
  const rules = columnRules.filter((rule) => others.some((other) => other.rule === rule));
  const columns = rules.map((rule) => {
    const count = others.filter((other) => other.rule === rule).length;
    const { one, many } = companyWords[rule];
    return `; ${count} other column${count === 1 ? ` ${one}` : `s ${many}`}`;
  });
  const drifts = others.filter(({ rule }) => rule === 'slow_drift').length;
  const left = others.filter(({ rule }) => !isColumnRule(rule) && rule !== 'slow_drift').length;
  const [plural, pronoun] = left === 1 ? ['', 'its'] : ['s', 'their'];
  const series = `; ${left} other${plural} of ${watchedSeries} watched series left ${pronoun} band with it`;
  const slow = drifts === 0 ? '' : `; ${drifts} other series drift${drifts === 1 ? 's' : ''} slowly`;
  return `${columns.join('')}${left === 0 ? '' : series}${slow}`;
}

function bandStory({ series, worst }: Told, is: string): string {
  const name = capitalise(seriesWords(series));
  if (worst.forecast === undefined) return `${name} ${is} outside its expected band`;
  return `${name} ${is} ${changeStory(worst.value, worst.forecast, series)}`;
}

/** A name that is no plain word, such as `profile_city`, is left as it is written. */
function capitalise(words: string): string {
  if (!/^[a-z]+(?![\w.:/-])/.test(words)) return words;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

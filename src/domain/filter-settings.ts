import { DriftbellError } from './errors.ts';
import type { EpochMs } from './identifiers.ts';
import { nearest } from './nearest.ts';

interface Bounds {
  readonly lowest: number;
  readonly highest: number;
  readonly isWhole: boolean;
  /** What it asks, for people. */
  readonly meaning: string;
}

const whole = (lowest: number, highest: number, meaning: string): Bounds => ({
  ...{ lowest, highest, isWhole: true, meaning },
});
const real = (lowest: number, highest: number, meaning: string): Bounds => ({
  ...{ lowest, highest, isWhole: false, meaning },
});

/** Two weeks of days: a longer wait would tell what everybody knows. */
const LONGEST_WAIT = 14;
/** Beyond this a tail probability is a formality. */
const RAREST = 1e12;
const MOST = 1e9;

/** Every number of the filters that an owner may set for a model, by its name in code and, with dashes, for people. */
export const filterSettings = {
  durationWindows: whole(1, LONGEST_WAIT, 'windows within which anomalies confirm each other'),
  minimumAnomalousWindows: whole(1, LONGEST_WAIT, 'anomalous windows needed within them'),
  minimumSeverity: real(0, MOST, 'departure from the baseline, in widths of the band'),
  minimumRarity: real(1, RAREST, 'healthy windows of the kind of which one is as unusual'),
  aloneRarity: real(1, RAREST, 'the same, for what is told without a second anomalous window'),
  minimumShareChange: real(0, 1, 'change of a coverage, rate or share, as a part of the rows'),
  minimumAbsoluteChange: real(0, Number.MAX_VALUE, 'change of any other statistic, in its own unit'),
  minimumRelativeChange: real(0, MOST, 'change of any other statistic, as a part of its baseline'),
  minimumRows: whole(0, MOST, 'rows that a window must have'),
  minimumImportance: real(0, 1, 'share of the importance of all features that a feature must have'),
  minimumConcurrent: whole(0, MOST, 'anomalous series that the model must have in the same window'),
  minimumTrafficRatio: real(0, 1, 'share of its group’s traffic that the model must have'),
  falseDiscoveryRate: real(0, 1, 'false ones that are accepted among the columns of a window that are told; 1: any'),
  deployWindows: whole(0, LONGEST_WAIT, 'windows after a deploy in which departures from the band are not told'),
} as const satisfies Record<string, Bounds>;

export type FilterSettingName = keyof typeof filterSettings;
export const filterSettingNames = Object.keys(filterSettings) as FilterSettingName[];

export type FilterOverrides = Readonly<Partial<Record<FilterSettingName, number>>>;

/** What the owner wishes, and what was learned of it from history. */
export interface AlertBudget {
  /** Reports in 30 days, at most. */
  readonly reportsPerMonth: number;
  /** Absent: there was no history to learn from. */
  readonly calibrated?: {
    readonly setting: 'minimumRarity' | 'minimumSeverity';
    readonly value: number;
    readonly at: EpochMs;
    /** Windows of history that were replayed. */
    readonly windows: number;
    /** Reports in 30 days that the history would have had with it. */
    readonly replayedPerMonth: number;
  };
}

/** `minimumSeverity` as people type it: `minimum-severity`. */
export function settingFlag(name: FilterSettingName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The setting that a person means by `minimum-severity`. Throws `usage.invalid` with the nearest. */
export function parseSettingName(flag: string): FilterSettingName {
  const name = filterSettingNames.find((one) => one === flag || settingFlag(one) === flag.toLowerCase());
  if (name !== undefined) return name;
  const flags = filterSettingNames.map(settingFlag);
  const close = nearest(flag, flags);
  throw new DriftbellError('usage.invalid', {
    expected: `a setting of the filters: ${flags.join(', ')}`,
    received: JSON.stringify(flag.slice(0, 40)),
    remedy: close === undefined ? 'write one of them' : `did you mean \`${close}\``,
  });
}

/** One setting that a person typed, such as `minimum-severity` and `1.5`. Throws `usage.invalid`. */
export function parseFilterSetting(flag: string, text: string): readonly [FilterSettingName, number] {
  const name = parseSettingName(flag);
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const issue = settingIssue(name, value);
  if (issue === undefined) return [name, value];
  throw new DriftbellError('usage.invalid', {
    expected: `${issue} for ${settingFlag(name)}`,
    received: JSON.stringify(text.slice(0, 40)),
    remedy: `it stands for: ${filterSettings[name].meaning}`,
  });
}

/** What a value should have been; undefined for one that will do. */
export function settingIssue(name: FilterSettingName, value: number): string | undefined {
  const { lowest, highest, isWhole } = filterSettings[name];
  if (value >= lowest && value <= highest && (!isWhole || Number.isInteger(value))) return undefined;
  const kind = isWhole ? 'a whole number' : 'a number';
  return highest >= MOST ? `${kind} of at least ${lowest}` : `${kind} from ${lowest} to ${highest}`;
}

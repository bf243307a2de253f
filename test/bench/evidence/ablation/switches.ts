import { families } from '../../../../src/detection/driftbell/corpus/families.ts';
import { type CorpusOptions, type DriftbellSettings, driftbellSettings } from '../../../../src/detection/index.ts';
import type { HourRules } from '../../../../src/domain/detector.ts';

/** A piece of the detector, and what is there without it. To add a row, add a line. */
export interface Switch {
  readonly name: string;
  readonly about: string;
  readonly without: Partial<DriftbellSettings>;
  /** What is learned from and calibrated on without it. */
  readonly corpus?: Partial<CorpusOptions>;
}

const { floors, hours } = driftbellSettings;
const hoursWith = (changed: Partial<HourRules>): HourRules | undefined => hours && { ...hours, ...changed };
const hoursAlone = hoursWith({ goesOn: undefined });

/** What was added to the paper's design, item by item: each is on because of its row. */
export const items: readonly Switch[] = [
  {
    name: 'inputs',
    about:
      'the week taken out of the history, of hours the day, bounds that end where values end, floors of the spread',
    without: {
      ...{ removesWeek: false, clipsToRange: false, floors: { ...floors, deviation: 0, level: 0 } },
      hours: hoursWith({ removesDay: false, levelFloor: 0 }),
    },
  },
  {
    name: 'severity and its rarity',
    about: 'severity in the gap on its side, tail probabilities by kind of statistic and shape',
    without: { severityWidth: 'band', calibratesByKind: false },
  },
  {
    name: 'broad corpus',
    about: 'learned from fourteen families of series with faults and gaps, not from one without',
    without: {},
    corpus: {
      transformShare: 0,
      faultShare: 0,
      gapShare: 0,
      without: families.map(({ name }) => name).filter((name) => name !== 'additive'),
    },
  },
  {
    name: 'masks and new normal',
    about: 'anomalies are masked in later histories, and a lasting shift becomes the history',
    without: {
      ...{ masksAnomalies: false, relearnWindows: 0 },
      hours: hoursWith({ maskSeverity: undefined, relearnWindows: 0 }),
    },
  },
  {
    name: 'calendar and common mode',
    about: 'days on and beside public holidays are also read as Sundays; what columns do together is taken out of each',
    without: { readsHolidays: false, removesCommonMode: false },
  },
  {
    name: 'constant, count and stuck series',
    about: 'series without a scatter of their own are judged by rules of their own',
    without: { hasConstantPath: false, hasCountPath: false, flatWindows: 0 },
  },
  {
    name: 'row floors',
    about: 'sampling error of rates where rows are known',
    without: { floors: { ...floors, usesRows: false } },
  },
  {
    name: 'windows in a row',
    about: 'weak neighbours add up, and an incident goes on until the series is back',
    without: { runs: undefined, hours: hoursAlone },
  },
  {
    name: 'hours by hours',
    about: 'hours are judged by the hours before them, not by the same hour of the days before',
    without: { hours: undefined },
  },
];

/** What items are made of, where they have more than one part. */
export const parts: readonly Switch[] = [
  {
    name: 'week and day removal',
    about: 'the week is taken out of the history, of hours the day',
    without: { removesWeek: false, hours: hoursWith({ removesDay: false }) },
  },
  { name: 'range clip', about: 'bounds end where values end', without: { clipsToRange: false } },
  {
    name: 'level floor',
    about: 'changes finer than a share of the level are rounding, of hours small',
    without: { floors: { ...floors, level: 0 }, hours: hoursWith({ levelFloor: 0 }) },
  },
  {
    name: 'deviation floor',
    about: 'least spread from the median absolute deviation',
    without: { floors: { ...floors, deviation: 0 } },
  },
  {
    name: 'side width',
    about: 'severity in the gap on its side, not in half the band',
    without: { severityWidth: 'band' },
  },
  {
    name: 'calibration by kind',
    about: 'tail probabilities by kind of statistic and shape',
    without: { calibratesByKind: false },
  },
  {
    name: 'masks',
    about: 'anomalies are masked in later histories',
    without: { masksAnomalies: false, hours: hoursWith({ maskSeverity: undefined }) },
  },
  {
    name: 'clipping',
    about: 'short anomalies, but for those of rates and rows, stand in later histories at the bound that they passed',
    without: { clipsAnomalies: false },
  },
  {
    name: 'new normal',
    about: 'a lasting shift becomes the history',
    without: { relearnWindows: 0, hours: hoursWith({ relearnWindows: 0 }) },
  },
  {
    name: 'holidays',
    about: 'days on and beside public holidays are also read as Sundays, where the place of a set is known',
    without: { readsHolidays: false },
  },
  {
    name: 'common mode',
    about: 'what the columns of a table do together is taken out of each, where a set is a table',
    without: { removesCommonMode: false },
  },
  {
    name: 'constant path',
    about: 'constant histories are judged apart from the network',
    without: { hasConstantPath: false },
  },
  {
    name: 'count path',
    about: 'count-like histories have a calibration of their own',
    without: { hasCountPath: false },
  },
  { name: 'flatline', about: 'a series that is stuck is called', without: { flatWindows: 0 } },
  {
    name: 'two in a row',
    about: 'two days on one side are rarer than either',
    without: { runs: { goesOn: driftbellSettings.runs?.goesOn } },
  },
  {
    name: 'goes on',
    about: 'an incident goes on until the series is back, in days and in hours',
    without: { runs: { pair: driftbellSettings.runs?.pair }, hours: hoursAlone },
  },
];

/** These decide how windows are judged; the network and its calibration are the same with and without them. */
const JUDGING_ONLY = [
  ...([
    'masksAnomalies',
    'clipsAnomalies',
    'relearnWindows',
    'tailThreshold',
    'clipsToRange',
    'calibratesByKind',
  ] as const),
  ...(['readsHolidays', 'masksHolidays', 'removesCommonMode', 'flatWindows', 'runs', 'hours'] as const),
];

/** The settings as far as training depends on them. */
export function trainingSettings(settings: DriftbellSettings): DriftbellSettings {
  const usual = Object.fromEntries(JUDGING_ONLY.map((name) => [name, driftbellSettings[name]]));
  return { ...settings, ...usual };
}

import { type DriftbellSettings, driftbellSettings } from '../../../../src/detection/index.ts';

/** One part of the detector, and the settings without it. To add a row, add a line. */
export interface Switch {
  readonly name: string;
  readonly about: string;
  readonly without: Partial<DriftbellSettings>;
}

export const switches: readonly Switch[] = [
  { name: 'week removal', about: 'the week is taken out of the history', without: { removesWeek: false } },
  {
    name: 'side width',
    about: 'severity in the gap on its side, not in half the band',
    without: { severityWidth: 'band' },
  },
  { name: 'range clip', about: 'bounds end where values end', without: { clipsToRange: false } },
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
  {
    name: 'calibration by kind',
    about: 'tail probabilities by kind of statistic and shape',
    without: { calibratesByKind: false },
  },
  { name: 'masks', about: 'anomalies are masked in later histories', without: { masksAnomalies: false } },
  { name: 'flatline', about: 'a series that is stuck is called', without: { flatWindows: 0 } },
  { name: 'new normal', about: 'a lasting shift becomes the history', without: { relearnWindows: 0 } },
  {
    name: 'row floors',
    about: 'sampling error of rates where rows are known',
    without: { floors: { ...driftbellSettings.floors, usesRows: false } },
  },
  {
    name: 'level floor',
    about: 'changes finer than a share of the level are rounding',
    without: { floors: { ...driftbellSettings.floors, level: 0 } },
  },
  {
    name: 'deviation floor',
    about: 'least spread from the median absolute deviation',
    without: { floors: { ...driftbellSettings.floors, deviation: 0 } },
  },
  {
    name: 'holidays',
    about: 'days on and beside public holidays are also read as Sundays, where the place of a set is known',
    without: { readsHolidays: false },
  },
  {
    name: 'hours by hours',
    about: 'hours are judged by the hours before them, not by the same hour of the days before',
    without: { hours: undefined },
  },
];

/** These decide how windows are judged; the network and its calibration are the same with and without them. */
const JUDGING_ONLY = [
  ...(['masksAnomalies', 'relearnWindows', 'tailThreshold', 'clipsToRange', 'calibratesByKind'] as const),
  ...(['readsHolidays', 'masksHolidays', 'flatWindows', 'hours'] as const),
];

/** The settings as far as training depends on them. */
export function trainingSettings(settings: DriftbellSettings): DriftbellSettings {
  const usual = Object.fromEntries(JUDGING_ONLY.map((name) => [name, driftbellSettings[name]]));
  return { ...settings, ...usual };
}

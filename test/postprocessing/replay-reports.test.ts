import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calibrateBudget,
  candidatesOf,
  EMPTY_CONTEXT,
  findFindings,
  type History,
  paperFilterSettings,
  replayedFindings,
  replayReports,
} from '../../src/postprocessing/index.ts';
import { days, detectionsOf, seriesKey } from '../builders/detections.ts';

const RECOVERY_WINDOWS = 2;

/** A history of one series whose band is one wide, so that a value is its severity. */
function historyOf(values: readonly number[], tails: readonly (number | undefined)[] = []): History {
  const windows = days(values.length);
  const detections = detectionsOf(values).map((detection, place) => {
    const tail = tails[place];
    return tail === undefined ? detection : { ...detection, tail };
  });
  const candidates = candidatesOf(detections, { windows, lead: 0, firstPlace: 0 });
  return { windows, judgedWindows: values.length, candidates, contextAt: () => EMPTY_CONTEXT };
}

function replay(values: readonly number[], settings = paperFilterSettings) {
  return replayReports(historyOf(values), { settings, recoveryWindows: RECOVERY_WINDOWS }).map(
    ({ opened, latest, resolved }) => [opened, latest, resolved].map((window) => window?.key.slice(-2)),
  );
}

describe('replayReports', () => {
  it('opens on the second of two days, resolves after two quiet ones, and opens anew', () => {
    expect(replay([0, 5, 5, 0, 0, 0, 5, 5, 5])).toEqual([
      ['03', '03', '05'],
      ['08', '09', undefined],
    ]);
  });

  it('goes on with a report after one quiet day', () => {
    expect(replay([0, 5, 5, 0, 5, 0, 0])).toEqual([['03', '05', '07']]);
  });

  it('knows nothing of tomorrow: a day that only tomorrow confirms opens no report on its own day', () => {
    expect(replay([0, 0, 5, 0])).toEqual([]);
    expect(replay([0, 0, 5, 5]).map(([opened]) => opened)).toEqual(['04']);
  });

  it('tells what a report told when it was last changed', () => {
    const values = [0, 5, 7, 0, 0];
    const [report] = replayReports(historyOf(values), {
      settings: paperFilterSettings,
      recoveryWindows: RECOVERY_WINDOWS,
    });
    const findings =
      report &&
      replayedFindings(report, {
        ...{ detections: detectionsOf(values), windows: days(5) },
        ...{ context: EMPTY_CONTEXT, settings: paperFilterSettings },
      });

    expect(findings).toMatchObject([{ from: { key: '2026-01-02' }, severity: 7, pattern: 'developing' }]);
  });

  it('counts alike when a history is read in stretches', () => {
    const values = [0, 5, 5, 0, 0, 0, 0, 5, 0, 5, 5, 0, 0, 5, 5, 5];
    const windows = days(values.length);
    const detections = detectionsOf(values);
    const stretches = [0, 4, 8, 12].flatMap((place) => {
      const lead = Math.min(place, 3);
      const stretch = windows.slice(place - lead, place + 4);
      const inside = detections.filter(({ window }) => stretch.some(({ startMs }) => startMs === window.startMs));
      return candidatesOf(inside, { windows: stretch, lead, firstPlace: place });
    });
    const whole = historyOf(values);
    const options = { settings: paperFilterSettings, recoveryWindows: RECOVERY_WINDOWS };

    expect(replayReports({ ...whole, candidates: stretches }, options)).toEqual(replayReports(whole, options));
  });

  it('fires on exactly the windows that the filters fire on day by day (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0, 1.2, 5), { minLength: 1, maxLength: 30 }), (values) => {
        const daily = values.map((_, end) => {
          const windows = days(end + 1);
          const detections = detectionsOf(values.slice(0, end + 1));
          return findFindings({ detections, windows, context: EMPTY_CONTEXT, settings: paperFilterSettings }).isFiring;
        });
        // Without a wait, every run of firing days is a report of its own.
        const reports = replayReports(historyOf(values), { settings: paperFilterSettings, recoveryWindows: 0 });
        const runs = daily.filter((isFiring, day) => isFiring && daily[day - 1] !== true).length;

        expect(reports).toHaveLength(runs);
      }),
    );
  });
});

describe('calibrateBudget', () => {
  /** Four incidents of two days each in sixty, of rising severity. */
  const values = Array.from({ length: 60 }, (_, day) => {
    const incident = Math.floor(day / 15);
    return day % 15 === 10 || day % 15 === 11 ? ([2, 3.5, 7, 20][incident] ?? 0) : 0;
  });
  const input = {
    ...{ standard: paperFilterSettings, filters: {}, windowsPerDay: 1, recoveryWindows: RECOVERY_WINDOWS },
  };

  it.each([
    { reportsPerMonth: 2, value: 1.3, replayedPerMonth: 2 },
    { reportsPerMonth: 1.5, value: 2.5, replayedPerMonth: 1.5 },
    { reportsPerMonth: 1, value: 4, replayedPerMonth: 1 },
    { reportsPerMonth: 0.5, value: 8, replayedPerMonth: 0.5 },
    { reportsPerMonth: 0, value: 25, replayedPerMonth: 0 },
  ])('finds $value for $reportsPerMonth reports a month', ({ reportsPerMonth, value, replayedPerMonth }) => {
    const found = calibrateBudget(historyOf(values), { ...input, reportsPerMonth });

    expect(found).toMatchObject({ setting: 'minimumSeverity', value, replayedPerMonth, standardPerMonth: 2 });
  });

  it('never goes below the detector’s own threshold, however many are welcome', () => {
    expect(calibrateBudget(historyOf(values), { ...input, reportsPerMonth: 100 })?.value).toBe(1.3);
  });

  it('works by rarity where the detector tells tail probabilities', () => {
    const standard = { ...paperFilterSettings, rarity: { least: 1_000, alone: 21_900 } };
    const tails = values.map((value) => (value === 0 ? 0.5 : 1 / (value * 1_000)));

    const found = calibrateBudget(historyOf(values, tails), { ...input, standard, reportsPerMonth: 1 });

    // Twenty thousand and seven thousand are rarer than four thousand; three and a half and two are not.
    expect(found).toMatchObject({ setting: 'minimumRarity', value: 4_000, replayedPerMonth: 1, standardPerMonth: 2 });
  });

  it('takes the least strict of the best where rules that need no band spend the budget', () => {
    const outage = detectionsOf(values, seriesKey({ column: 'plan', statistic: 'coverage' }), 'all_missing');
    const windows = days(values.length);
    const history = historyOf(values);
    const candidates = candidatesOf(outage, { windows, lead: 0, firstPlace: 0 });

    const found = calibrateBudget({ ...history, candidates }, { ...input, reportsPerMonth: 1 });

    expect(found).toMatchObject({ setting: 'minimumSeverity', value: 1.3, replayedPerMonth: 2, standardPerMonth: 2 });
  });

  it('learns nothing from less than four weeks', () => {
    const history = { ...historyOf(values), judgedWindows: 27 };

    expect(calibrateBudget(history, { ...input, reportsPerMonth: 1 })).toBeUndefined();
  });

  it('keeps within the budget wherever some threshold does (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0, 0, 1.5, 2.5, 9), { minLength: 28, maxLength: 60 }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (drawn, reportsPerMonth) => {
          const found = calibrateBudget(historyOf(drawn), { ...input, reportsPerMonth });

          expect(found?.replayedPerMonth).toBeLessThanOrEqual(Math.max(0, reportsPerMonth));
        },
      ),
    );
  });
});

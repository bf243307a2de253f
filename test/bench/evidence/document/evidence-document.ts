import { RECALL_BUDGETS } from '../../../../src/detection/index.ts';
import { statisticKinds } from '../../../../src/domain/statistic-kind.ts';
import { CLEAN_SHARE } from '../clean-figures.ts';
import type { EvidenceResult } from '../evidence-result.ts';
import { NOMINAL } from '../reliability.ts';
import { EVIDENCE_SEEDS } from '../sets/load-sets.ts';
import { COMPARED } from '../variants.ts';
import { failures, goals } from './goals.ts';
import { fixed, markdownTable, NOTHING, percent } from './markdown.ts';
import { evidencePictures, reliabilityPicture } from './pictures.ts';
import { setSection } from './set-section.ts';

/** `docs/evidence.md`; `timing` is the one line that differs from run to run. */
export function evidenceDocument(result: EvidenceResult, timing: string): string {
  return `${[
    '# Evidence',
    'How well the detectors find what people called anomalous, beside plain rules that need no training. Written by ' +
      '`npm run evaluate:evidence` from its own measurements; nothing here is typed in by hand but the words.',
    '## In short',
    markdownTable(
      ['goal', 'measured', 'reached'],
      goals(result).map(({ goal, measured, isReached }) => [goal, measured, isReached ? 'yes' : '**no**']),
    ),
    `Event F1 at a threshold that was chosen on other sets (${COMPARED} is the detector of this project):`,
    overview(result),
    'Event F1 by the rules that a detector brings, before the filters of the bot; in brackets the false episodes per series ' +
      'and month:',
    ownOverview(result),
    '## What failed',
    listOf(failures(result), 'Nothing of what is checked here.'),
    limits,
    '## How it is measured',
    rules,
    '## Set by set',
    ...result.sets.map((set) => setSection(set)),
    '## False alarms on healthy series',
    ...cleanSection(result),
    '## Calibration',
    ...reliabilitySection(result),
    ...evidencePictures(result.excerpts),
    '## Doing it again',
    reproduce(result, timing),
  ].join('\n\n')}\n`;
}

function overview({ sets }: EvidenceResult): string {
  const names = [...new Set(sets.flatMap((set) => set.variants.map(({ variant }) => variant)))];
  return markdownTable(
    ['set', ...names],
    sets.map((set) => {
      const best = Math.max(...set.variants.map(({ transferred }) => transferred.event.f1 ?? 0));
      return [
        set.name,
        ...names.map((name) => {
          const event = set.variants.find(({ variant }) => variant === name)?.transferred.event;
          if (event === undefined) return '';
          const f1 = event.f1 ?? 0;
          return f1 === best ? `**${fixed(f1)}**` : fixed(f1);
        }),
      ];
    }),
  );
}

function ownOverview({ sets }: EvidenceResult): string {
  const names = [...new Set(sets.flatMap((set) => set.variants.flatMap(({ variant, own }) => (own ? [variant] : []))))];
  return markdownTable(
    ['set', ...names],
    sets.map((set) => [
      set.name,
      ...names.map((name) => {
        const event = set.variants.find(({ variant }) => variant === name)?.own?.event;
        return event ? `${fixed(event.f1 ?? 0)} (${fixed(event.falseEpisodesPerSeriesMonth)})` : '';
      }),
    ]),
  );
}

const limits = `Read with care: two of the real sets are small (the intervals say how small), labels miss anomalies and hold
windows that nobody could see, the faults of "injected" are of the same kinds that driftbell learns from, and the sets
other than the synthetic ones were looked at while the detectors were made. Each detector was trained once, with one
seed: another seed gives somewhat other figures ([how much](seeds.md)). Real labelled daily series are rare.`;

const rules = listOf([
  'One threshold serves all series of a set. It is chosen on other sets, by the best event F1 at no more than one false ' +
    'episode per series and month there; for synthetic sets on a second draw. It is never chosen on the set itself.',
  'The first 28 days are not measured, nor the first week of hourly series (or 15 %, if that is less).',
  'An event is a run of labelled windows. Alerts at most two windows apart are one episode. An event is found (R, recall) ' +
    'if an episode starts between its first window and two windows after its last; an episode that touches no event is ' +
    'false; P is the share of episodes that touch one. No point adjustment.',
  'Delay: windows from the start of an event to the episode that finds it, median and 90 % quantile.',
  `R at ${RECALL_BUDGETS.join(', ')}: recall at so many false episodes per 1,000 series-weeks, read off the set itself. AP: ` +
    'average precision over windows. VUS-PR: volume under the precision-recall surface, buffer of 7 days or 24 hours, the ' +
    'mean over series with events. "random" shows what each gives away for free.',
  'Intervals as in the paper: runs cut at seven windows, right when they overlap; for comparison with its figures only.',
  'Own rules: what the detector itself calls an anomaly, before the filters of the bot; slow drifts, which it tells once a ' +
    'week, are not counted.',
  'Windows that a detector cannot score count as missed (scorable: share of windows with a value that it scores). Outside ' +
    'band: share of unlabelled windows beyond the bounds, which promise 5 % (1 % for code).',
  'Of a column with several statistics the largest score counts: an alert names the column.',
  'Intervals of 90 %: 1,000 draws of series, or of weeks where series share incidents; the same draws for all detectors.',
  'Public holidays are known, to detectors that read them, where a set has a place: Minnesota for metro-traffic, Italy for ' +
    'air-quality, and the countries of three of the daily series.',
  'Nothing looks ahead: a window is judged by itself and those before it.',
]);

function cleanSection({ clean, cleanWindows, cleanDaily }: EvidenceResult): string[] {
  return [
    `On a healthy corpus drawn afresh, one threshold for each detector lets ${percent(CLEAN_SHARE, 1)} of all windows ` +
      'through. Were all kinds of statistics alike to it, each column would say the same. The interval is over 1,000 ' +
      'draws of the series; few of them hold many of the windows above it. "Own rules": false episodes per 1,000 series-weeks.',
    markdownTable(
      ['', ...statisticKinds, 'largest / smallest', '90 % interval', 'own rules'],
      [
        ['windows', ...statisticKinds.map((kind) => String(cleanWindows[kind])), '', '', ''],
        ...clean.map(({ variant, byKind, spread, spreadInterval, ownFalseEpisodesPer1000SeriesWeeks }) => [
          variant,
          ...statisticKinds.map((kind) => percent(byKind[kind], 3)),
          fixed(spread, 1),
          spreadInterval === null ? NOTHING : `${fixed(spreadInterval.low, 1)} to ${fixed(spreadInterval.high, 1)}`,
          fixed(ownFalseEpisodesPer1000SeriesWeeks, 1),
        ]),
      ],
    ),
    'Real daily series as they are (nobody has labelled them, so real oddities count as false), by own rules, false ' +
      `episodes per 1,000 series-weeks: ${cleanDaily
        .filter(({ rate }) => rate !== null)
        .map(({ variant, rate }) => `${variant} ${fixed(rate, 1)}`)
        .join(', ')}.`,
  ];
}

function reliabilitySection({ reliability }: EvidenceResult): string[] {
  if (reliability.length === 0) return ['No detector that is compared gives tail probabilities.'];
  return [
    `${COMPARED} says of each window how often a healthy one is at least as odd. Seen: share of unlabelled windows that ` +
      'are said to be at most so likely. On real sets unlabelled is not healthy, so more than promised is to be expected.',
    markdownTable(
      ['promised', ...NOMINAL.map((nominal) => percent(nominal, nominal < 0.001 ? 2 : 1))],
      reliability.map(({ set, seen }) => [set, ...seen.map((share) => percent(share, 2))]),
    ),
    reliabilityPicture,
  ];
}

function reproduce({ command, versions, detectors }: EvidenceResult, timing: string): string {
  return [
    '```sh',
    command,
    '```',
    '',
    'DATA holds the folders `cloud-monitoring`, `nab`, `metro-traffic`, `air-quality` and `daily-series` with the public sets ' +
      'named above. The same data and seeds give this document again, except for the line of seconds.',
    '',
    `- Seeds: ${Object.entries(EVIDENCE_SEEDS)
      .map(([name, seed]) => `${name} ${seed}`)
      .join(', ')}.`,
    ...detectors.map(({ name, trainedOn, checksum }) => {
      return `- ${name}: ${trainedOn}${checksum === '' ? '' : `; weights ${checksum.slice(0, 12)}`}.`;
    }),
    `- ${versions}`,
    `- ${timing}`,
  ].join('\n');
}

function listOf(lines: readonly string[], otherwise = ''): string {
  return lines.length === 0 ? otherwise : lines.map((line) => `- ${line}`).join('\n');
}

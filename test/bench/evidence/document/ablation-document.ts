import type { CreepFigures } from '../ablation/creeping-levels.ts';
import type { RowFigures } from '../ablation/row-figures.ts';
import { differenceOf } from '../ablation/row-figures.ts';
import { fixed, markdownTable, signed } from './markdown.ts';
import { ablationPictures } from './pictures.ts';

export interface AblationRow {
  readonly name: string;
  readonly about: string;
  readonly figures: RowFigures;
}

export interface AblationResult {
  readonly command: string;
  readonly epochs: number;
  readonly seed: number;
  readonly full: RowFigures;
  /** What was added to the paper's design. */
  readonly items: readonly AblationRow[];
  /** What items are made of. */
  readonly parts: readonly AblationRow[];
  /** Sets whose values are real; an item has to help on at least two of them. */
  readonly realSets: readonly string[];
  readonly losses: readonly number[];
  /** What slow drifts are worth. */
  readonly creep: readonly CreepFigures[];
}

/** A smaller difference of F1 is none. */
const LEAST_DIFFERENCE = 0.005;
const LEAST_SETS = 2;

/** Sets with real values on which the detector has a higher F1 with the part than without it. */
export function helpsOn({ full, realSets }: AblationResult, { figures }: AblationRow): readonly string[] {
  return realSets.filter((set) => gainOf(full, figures, set) >= LEAST_DIFFERENCE);
}

export function gainOf(full: RowFigures, without: RowFigures, set: string): number {
  const f1 = (row: RowFigures) => row.sets.find((one) => one.set === set)?.f1 ?? 0;
  return f1(full) - f1(without);
}

/** `docs/ablation.md`; `timing` is the one line that differs from run to run. */
export function ablationDocument(result: AblationResult, timing: string): string {
  const { items, parts, realSets } = result;
  return `${[
    '# Ablation of driftbell',
    'What each item of the detector is worth: the full one, and the full one without one item, trained anew with the ' +
      'same seed where the item changes training. Written by `npm run evaluate:ablation`; sets, thresholds and figures are ' +
      'those of [evidence.md](evidence.md): every threshold is chosen on other sets than the one it is measured on.',
    '## Event F1, item by item',
    'First line: the full detector. Below: how much F1 falls without the item (plus: the item helps). Bold: the 90 % ' +
      'interval of the paired difference excludes 0.',
    f1Table(result, items),
    `An item is meant to be on only if it helps, by ${LEAST_DIFFERENCE} of F1 or more, on at least ${LEAST_SETS} of the ` +
      `${realSets.length} sets with real values. (!) marks one that does not and is on all the same, for what its other ` +
      'columns say. Slow drifts are told of weeks, where these figures count windows: they have a table of their own.',
    '## Levels that creep',
    'What slow drifts are worth. On real days a level creeps by three deviations within six weeks and stays for three more. ' +
      'Found: something is told in these nine weeks that is not told of the same days without it.',
    creepTable(result),
    '## Event F1, part by part',
    'The same for the parts that items are made of. A part may be worth nothing by itself on these sets, which hold few ' +
      'series of the kind that it is for.',
    f1Table(result, parts),
    '## Average precision, and equality of kinds',
    'The same for the average precision over windows, which needs no threshold. Last column: the largest false rate of ' +
      'a kind of statistic over the smallest, on healthy series at one threshold.',
    precisionTable(result, [...items, ...parts]),
    '## What they are',
    [...items, ...parts].map(({ name, about }) => `- ${name}: ${about}.`).join('\n'),
    '## Pictures',
    ...ablationPictures,
    '## Doing it again',
    [
      '```sh',
      result.command,
      '```',
      '',
      'A run that was stopped goes on where it was: the results folder holds what was trained and measured, until the code ' +
        'of the detector changes.',
      '',
      `- Seed ${result.seed}, ${result.epochs} passes.`,
      `- ${timing}`,
    ].join('\n'),
  ].join('\n\n')}\n`;
}

function f1Table(result: AblationResult, rows: readonly AblationRow[]): string {
  const { full, realSets } = result;
  const sets = full.sets.map(({ set }) => set);
  return markdownTable(
    ['without', ...sets, 'helps on'],
    [
      ['(full)', ...full.sets.map(({ f1 }) => fixed(f1)), ''],
      ...rows.map((row) => {
        const helps = helpsOn(result, row).length;
        return [
          row.name,
          ...sets.map((set) => differenceCell(full, row.figures, set)),
          `${helps} of ${realSets.length}${helps < LEAST_SETS ? ' (!)' : ''}`,
        ];
      }),
    ],
  );
}

function creepTable({ creep }: AblationResult): string {
  const helped = creep.filter(({ foundWith, foundWithout }) => foundWith > foundWithout).length;
  const rows = creep.map(({ set, ramps, foundWithout, foundWith, toldPerYear }) => [
    ...[set, String(ramps), String(foundWithout), String(foundWith), fixed(toldPerYear, 1)],
  ]);
  const header = [
    'set',
    'creeping levels',
    'found without slow drifts',
    'found with them',
    'drifts told a year otherwise',
  ];
  return `${markdownTable(header, rows)}\n\nSlow drifts help on ${helped} of ${creep.length} sets with real days.`;
}

function precisionTable({ full }: AblationResult, rows: readonly AblationRow[]): string {
  const sets = full.sets.map(({ set }) => set);
  return markdownTable(
    ['without', ...sets, 'largest / smallest'],
    [
      ['(full)', ...full.sets.map(({ averagePrecision }) => fixed(averagePrecision, 3)), fixed(full.spread, 1)],
      ...rows.map(({ name, figures }) => [
        name,
        ...sets.map((set) => signed(precisionOf(full, set) - precisionOf(figures, set), 3)),
        fixed(figures.spread, 1),
      ]),
    ],
  );
}

function differenceCell(full: RowFigures, without: RowFigures, set: string): string {
  const [a, b] = [full, without].map((row) => row.sets.find((one) => one.set === set));
  if (a === undefined || b === undefined) return '–';
  const { low, high } = differenceOf(a, b);
  const text = signed(gainOf(full, without, set));
  return low > 0 || high < 0 ? `**${text}**` : text;
}

function precisionOf(row: RowFigures, set: string): number {
  return row.sets.find((one) => one.set === set)?.averagePrecision ?? 0;
}

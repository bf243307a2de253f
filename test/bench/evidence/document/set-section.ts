import { RECALL_BUDGETS } from '../../../../src/detection/index.ts';
import type { SetFigures, VariantFigures } from '../measure-sets.ts';
import { COMPARED } from '../variants.ts';
import { between, fixed, inWords, markdownTable, percent, signed } from './markdown.ts';

/** What all variants reach on one set. */
export function setSection(set: SetFigures): string {
  const windows = set.granularity === 'day' ? 'days' : 'hours';
  return [
    `### ${set.name}`,
    '',
    `${sentence(set.about)}. ${set.units} ${set.units === set.seriesCount ? 'series' : `columns of ${set.seriesCount} series`}, ` +
      `${Math.round(set.days)} ${set.units === set.seriesCount ? 'series' : 'column'}-days measured, ${set.events} events. ` +
      `Threshold chosen on ${inWords(set.thresholdFrom)}. Source: ${set.source}; licence: ${set.licence}.`,
    '',
    markdownTable(
      ['at the one threshold', 'F1', '90 % interval', 'P', 'R', 'false/month', 'false/1000 weeks', `delay, ${windows}`],
      set.variants.map((one) => thresholdRow(one)),
    ),
    '',
    markdownTable(
      [
        'without a threshold',
        ...RECALL_BUDGETS.map((budget) => `R at ${budget}`),
        'AP',
        'VUS-PR',
        'outside band',
        'scorable',
      ],
      set.variants.map((one) => rankingRow(one)),
    ),
    '',
    `Base rate, which a random ranking reaches as AP: ${fixed(set.variants[0]?.ranking.baseRate, 3)}.`,
    '',
    markdownTable(
      ['intervals as in the paper', 'P', 'R', 'F1', 'own rules: event F1', 'P', 'R', 'false/month', 'interval F1'],
      set.variants.map((one) => intervalRow(one)),
    ),
    '',
    ...differences(set),
  ].join('\n');
}

function thresholdRow({ variant, transferred: { event }, f1Interval, threshold }: VariantFigures): string[] {
  const nothing = threshold === null ? 'no threshold' : fixed(event.f1 ?? 0);
  return [
    variant,
    nothing,
    event.f1 === null ? '–' : between(f1Interval),
    fixed(event.precision),
    fixed(event.recall),
    fixed(event.falseEpisodesPerSeriesMonth),
    fixed(event.falseEpisodesPer1000SeriesWeeks, 0),
    event.delay.median === null ? '–' : `${event.delay.median}, p90 ${event.delay.p90}`,
  ];
}

function rankingRow({ variant, ranking }: VariantFigures): string[] {
  return [
    variant,
    ...ranking.recallAtBudgets.map(({ recall }) => fixed(recall)),
    fixed(ranking.averagePrecision, 3),
    fixed(ranking.vusPr, 3),
    percent(ranking.outsideBand, 1),
    percent(ranking.scorable),
  ];
}

function intervalRow({ variant, transferred: { interval }, own }: VariantFigures): string[] {
  return [
    variant,
    ...[interval.precision, interval.recall, interval.f1].map((one) => fixed(one)),
    ...[own?.event.f1, own?.event.precision, own?.event.recall, own?.event.falseEpisodesPerSeriesMonth].map((one) =>
      fixed(one),
    ),
    fixed(own?.interval.f1),
  ];
}

function differences(set: SetFigures): string[] {
  const compared = set.variants.find(({ variant }) => variant === COMPARED);
  if (compared === undefined) return [];
  const told = set.variants
    .filter(({ variant }) => variant !== COMPARED)
    .map(({ variant, transferred: { event }, difference }) => {
      const by = (compared.transferred.event.f1 ?? 0) - (event.f1 ?? 0);
      const isSure = difference.low > 0 || difference.high < 0;
      const range = `${signed(difference.low)} to ${signed(difference.high)}`;
      return `${variant} ${signed(by)} (${range}${isSure ? '' : ', not sure'})`;
    });
  return [`F1 of ${COMPARED} minus that of the others, with the 90 % interval of the pair: ${told.join('; ')}.`, ''];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

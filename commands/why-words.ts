import { findingStory, formatValue, seriesWords } from '../src/alerting/index.ts';
import { type Detection, isAnomaly } from '../src/domain/anomaly.ts';
import { TRAFFIC_COLUMN } from '../src/domain/column.ts';
import type { Model } from '../src/domain/model.ts';
import { formatNumber } from '../src/messages/format-number.ts';
import { formatRarity } from '../src/messages/format-rarity.ts';
import { formatWindow } from '../src/messages/format-window.ts';
import { filterWords } from '../src/messages/ledger-words.ts';
import type { ExplainedAnomaly, Explanation } from '../src/postprocessing/index.ts';

/** The first sentence: how many series were anomalous, and what became of them. */
export function whySummary(
  model: Model,
  { window, anomalies, quiet }: Explanation,
  column: string | undefined,
): string {
  const of = column === undefined ? model.slug : `\`${columnWord(column)}\` of ${model.slug}`;
  const when = formatWindow(window, model.zone);
  if (anomalies.length === 0) {
    return quiet.length === 0
      ? `${when}: no series of ${of} was judged: too little history, or no rows.`
      : `${when}: ${count(quiet.length)} of ${of} judged, none of them anomalous; there was nothing to filter.`;
  }
  const outcomes = (['told', 'held', 'dropped', 'history'] as const).flatMap((outcome) => {
    const many = anomalies.filter((each) => each.outcome === outcome).length;
    return many === 0
      ? []
      : [outcome === 'history' ? `${many} of the history, of which nothing is told` : `${many} ${outcome}`];
  });
  return `${when}: ${count(anomalies.length)} of ${of} anomalous; ${outcomes.join(', ')}.`;
}

/** The traffic has no column of its own. */
function columnWord(column: string): string {
  return column === TRAFFIC_COLUMN ? 'traffic' : column;
}

/** `age mean left its band (severity 1.1); dropped by severity: 1.1 of the 1.3 widths of the band it asks for`. */
export function whySentence({ detection, severity, outcome, entries }: ExplainedAnomaly, model: Model): string {
  const failed = entries.filter(({ isKept }) => !isKept).map(filterWords);
  const story = storyOf(detection, severity, model);
  if (outcome === 'history') return `${story}; not filtered: the window is of the history, of which nothing is told`;
  if (entries.length === 0) return `${story}; told: no filter is asked of it`;
  if (outcome === 'told') return `${story}; told: ${entries.map(filterWords).join('; ')}`;
  return `${story}; ${outcome} by ${failed.join('; and by ')}`;
}

/** `age mean was 41.2, inside its band`: of a series that was no anomaly. */
export function quietSentence({ series, value, forecast }: Detection): string {
  const was = `${seriesWords(series)} was ${formatValue(value, series)}`;
  if (forecast === undefined || value === null) return `${was}; it has too little history for a band`;
  const { lower, upper } = forecast;
  const band = `${formatValue(lower, series)} to ${formatValue(upper, series)}`;
  return value >= lower && value <= upper
    ? `${was}, inside its band of ${band}`
    : `${was}, outside its band of ${band}, and not taken for an anomaly by the detector`;
}

function storyOf(detection: Detection, severity: number, { granularity }: Model): string {
  const { series, rule, value, forecast, tail } = detection;
  if (!isAnomaly(detection)) return seriesWords(series);
  if (rule !== 'band' || forecast === undefined) {
    // Two series of a column have one story: `f5 coverage: every value was missing`.
    const [start = '', ...rest] = findingStory({ series, worst: detection }, true).split(': ');
    const isColumn = start.toLowerCase() === series.column.toLowerCase() && rest.length > 0;
    return `${seriesWords(series)}: ${isColumn ? rest.join(': ') : [start, ...rest].join(': ')}`;
  }
  const rare = tail === undefined ? '' : `, ${formatRarity(tail, granularity)} for its kind`;
  const band = `${formatValue(forecast.lower, series)} to ${formatValue(forecast.upper, series)}`;
  const size = `severity ${formatNumber(Number(severity.toPrecision(3)))}${rare}`;
  return `${seriesWords(series)} left its band of ${band} with ${formatValue(value, series)} (${size})`;
}

function count(series: number): string {
  return `${series} series`;
}

import { type ColumnRule, isColumnRule, isOutage } from '../domain/anomaly.ts';
import { counted } from '../domain/counted.ts';
import type { StoredFinding } from '../domain/finding.ts';
import type { Model } from '../domain/model.ts';
import { formatRarity } from '../messages/format-rarity.ts';
import { formatWindow, formatWindows } from '../messages/format-window.ts';
import { bold, type Inline, italic, sentence, text } from '../messages/message.ts';
import { columnStory } from './finding-story.ts';
import type { ReportView } from './report-view.ts';
import { formatChange, formatExpected, formatSeverity, formatValue, patternWords, seriesWords } from './words.ts';

/** One finding in at most three lines: what came and what was expected; since when and how; rows and rule. */
export function findingLines(finding: StoredFinding, view: ReportView): Inline {
  const { series, worst, from, to, anomalies } = finding;
  const { zone } = view.model;
  if (isColumnRule(worst.rule)) return columnLines(finding, worst.rule, zone);
  const name = bold(seriesWords(series));
  const value = formatValue(worst.value, series);
  const { forecast } = worst;
  const on = from.startMs === to.startMs ? '' : ` on ${formatWindow(worst.window, zone)}`;
  const expectation =
    forecast === undefined
      ? `: ${value}${on}`
      : `: ${value}${on}, expected ${formatExpected(forecast, series)} (${formatChange(worst.value, forecast, series)})`;
  const when = formatWindows(from, to, zone);
  if (worst.rule === 'slow_drift') {
    // The value of one day says nothing of a drift: its band has followed it.
    const inside = forecast === undefined ? '' : `, with a band of ${formatExpected(forecast, series)}`;
    return [name, text(`: ${value}${on}${inside}\n${when} · drifts slowly ${worst.note ?? ''}\n`), italic(DRIFT_WORDS)];
  }
  if (worst.rule === 'common_mode') {
    return [bold('Many series at once'), text(`: ${worst.note ?? ''}\n${when}\n`), italic(COMMON_WORDS)];
  }
  const count = `${counted(anomalies.length, 'window')}${worst.rule === 'flat' ? '' : ' outside'}`;
  const rule =
    worst.rule === 'flat'
      ? 'holds one value, where it always scattered'
      : worst.rule === 'collapsed'
        ? (worst.note ?? 'most are gone')
        : (bandWords(finding, view.model) ?? 'rule without history');
  return [
    name,
    text(`${expectation}\n${when} · ${count} · ${patternWords[finding.pattern]}\n`),
    italic(`${counted(worst.rows, 'row')} in the worst window · ${rule}`),
  ];
}

const COMMON_WORDS = 'what weather or a holiday may move is taken out of each series before it is judged';
const DRIFT_WORDS = 'many windows on one side of what was expected, none of them rare';

/** The band is then as wide as for a Sunday too. */
function holidayWords({ note }: StoredFinding['worst']): string {
  return note === undefined ? '' : ` · on ${note}, read as a Sunday too`;
}

/** How far outside, and how rare that is or what the classifier says; undefined where no band was left. */
function bandWords({ worst, severity }: StoredFinding, { granularity }: Model): string | undefined {
  if (worst.rule !== 'band' || worst.score === undefined) return undefined;
  const rarity =
    worst.tail === undefined
      ? `classifier ${worst.score.toFixed(2)}`
      : `${formatRarity(worst.tail, granularity)} for this kind`;
  return `severity ${formatSeverity(severity)}, ${rarity}${holidayWords(worst)}`;
}

/** Of a column as a whole there is no value and no band, only what the rule saw. */
function columnLines(
  { series, worst, from, to, anomalies, pattern }: StoredFinding,
  rule: ColumnRule,
  zone: string,
): Inline {
  const windows = `${counted(anomalies.length, 'window')} · ${patternWords[pattern]}`;
  return [
    bold(series.column),
    ...sentence(` ${columnStory(rule, worst.note)}\n`),
    text(`${formatWindows(from, to, zone)}${isOutage(rule) ? ` · ${windows}` : ''}\n`),
    italic(`${counted(worst.rows, 'row')} in the window · rule without history`),
  ];
}

import { findingStory } from '../src/alerting/index.ts';
import { counted } from '../src/domain/counted.ts';
import { type FilterOverrides, filterSettingNames, settingFlag } from '../src/domain/filter-settings.ts';
import type { Model } from '../src/domain/model.ts';
import { formatWindows } from '../src/messages/format-window.ts';
import type { Backtest, ToldReport, VotedReports } from '../src/postprocessing/index.ts';

const RATE_DIGITS = 1;

/** What a backtest came to, in sentences; the lines of its reports are apart. */
export function backtestSentences(model: Model, changes: FilterOverrides, found: Backtest): string[] {
  const { from, to, judgedWindows, now, changed } = found;
  const set = filterSettingNames.flatMap((name) => {
    const value = changes[name];
    return value === undefined ? [] : [`${settingFlag(name)} ${value}`];
  });
  const settings = set.length === 0 ? 'the settings as they are' : set.join(', ');
  const rate = changed.perMonth.toFixed(RATE_DIGITS);
  const before = `${countReports(now.reports.length)}, ${now.perMonth.toFixed(RATE_DIGITS)} a month`;
  return [
    `${model.slug}, ${formatWindows(from, to, model.zone)}, ${counted(judgedWindows, 'window')} judged: ${countReports(changed.reports.length)} with ${settings}, ${rate} a month${set.length === 0 ? '' : `; as it is: ${before}`}.`,
    ...votedSentence(found),
    ...(set.length === 0 ? [] : ['Nothing was changed.']),
  ];
}

/** One report that would have been opened. */
export function replayedLine({ opened, latest, resolved, findings }: ToldReport, { zone }: Model): string {
  const [lead] = findings;
  const more = findings.length > 1 ? ` and ${findings.length - 1} more` : '';
  const story = lead === undefined ? 'nothing that lasted' : `${findingStory(lead, resolved !== undefined)}${more}`;
  return `${formatWindows(opened, latest, zone)}${resolved === undefined ? ', still open' : ''}: ${story}`;
}

function votedSentence({ voted }: Backtest): string[] {
  const { real, notUseful } = voted;
  if (real.all + notUseful.all === 0) return ['Nobody voted on a report of that time.'];
  const kept = (side: VotedReports['real'], called: string) =>
    side.all === 0 ? [] : [`of ${countReports(side.all)} that people called ${called} ${side.kept} would still come`];
  const said = [...kept(real, 'real'), ...kept(notUseful, 'not useful')].join('; ');
  return [`${said.charAt(0).toUpperCase()}${said.slice(1)}.`];
}

function countReports(reports: number): string {
  return reports === 0 ? 'no reports' : counted(reports, 'report');
}

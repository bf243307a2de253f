import { isColumnRule } from '../domain/anomaly.ts';
import type { StoredFinding } from '../domain/finding.ts';
import type { Report, ReportEnding } from '../domain/report.ts';
import { formatWindow, formatWindows } from '../messages/format-window.ts';
import { outIn } from './extent.ts';
import { currentFindings } from './finding-order.ts';
import { companyStory, findingStory, recoveryWords, tellsSince } from './finding-story.ts';
import type { ReportView } from './report-view.ts';

/** One sentence that a tired person understands. */
export function summarySentence(view: ReportView): string {
  const { report, model } = view;
  const findings = currentFindings(view);
  const lead = leadOf(report, findings);
  if (lead === undefined) return 'Nothing is outside its expected band any more.';
  const since = formatWindow(lead.from, model.zone);
  const isLasting = view.lastingColumns?.includes(lead.series.column) === true;
  const isQuiet = report.state === 'resolved' || (report.state === 'recovering' && report.outSeries === 0);
  const story = findingStory(lead, isQuiet && !isLasting);
  const company = companyOf(lead, findings, view.watchedSeries);
  const score = view.hasScoreMoved === false ? '; the score has not moved' : '';
  const when = formatWindows(lead.from, lead.to, model.zone);
  if (report.state === 'resolved') {
    const ending = report.ending === undefined ? undefined : endingWords[report.ending];
    const end = isLasting ? LASTING_WORDS : (ending ?? recoveryWords[lead.rule]);
    return `${end}. ${story}, ${when}${company}${score}.`;
  }
  const recovery = report.state === 'recovering' ? recoveryStory(report) : '';
  if (isQuiet) return `${recovery}${story}, ${when}${company}${score}.`;
  return `${recovery}${story}${tellsSince(lead) ? '' : `, since ${since}`}${company}${score}.`;
}

/** The score where it moved, else the first; while a report recovers, of what is still out. */
function leadOf({ state, outSeries, judged }: Report, findings: readonly StoredFinding[]): StoredFinding | undefined {
  const out = state === 'recovering' && outSeries > 0 ? outIn(findings, judged) : [];
  const told = out.length > 0 ? out : findings;
  return told.find(({ series }) => series.role === 'score') ?? told[0];
}

const LASTING_WORDS = 'Not over, but lasting so long that it is taken as usual';
/** An end that is none of a return; a return has words of its own for each rule. */
const endingWords: Readonly<Partial<Record<ReportEnding, string>>> = {
  relearned: 'It never went back, and has lasted so long that it counts as usual now',
  settled: 'Taken as the new normal',
};

/** What is left of an incident that is passing. */
function recoveryStory({ outSeries, peak }: Report): string {
  if (outSeries === 0) return 'Nothing is out any more; it resolves if it stays so. ';
  return `${outSeries} of ${peak.series} series ${outSeries === 1 ? 'is' : 'are'} still out. `;
}

/** What moved at the same time as the lead, and what at another: only the former belongs to one story. */
function companyOf(lead: StoredFinding, findings: readonly StoredFinding[], watchedSeries: number): string {
  const others = findings.filter(({ id, series }) => id !== lead.id && !isNamedIn(lead, series.column));
  const together = others.filter(({ from, to }) => from.startMs <= lead.to.startMs && to.startMs >= lead.from.startMs);
  const apart = others.length - together.length;
  return `${companyStory(together, watchedSeries)}${apart === 0 ? '' : `; ${apart} more at other times`}`;
}

/** A column that the lead's own words name, such as its successor, is no company. */
function isNamedIn({ worst }: StoredFinding, column: string): boolean {
  return isColumnRule(worst.rule) && worst.note?.includes(`\`${column}\``) === true;
}

import { counted } from '../../domain/counted.ts';
import { formatShare } from '../../messages/format-number.ts';
import { formatWindow } from '../../messages/format-window.ts';
import { bold, code, type Inline, text } from '../../messages/message.ts';
import { findingStory, tellsSince } from '../finding-story.ts';
import { seriesWords } from '../words.ts';
import type { Cause } from './cause.ts';
import type { Signature } from './signature.ts';

/** Series named of a cause whose names share nothing; the findings name them all. */
const NAMED = 3;

/**
 * A cause in one line: `9 features, one cause: all null since Fri 30 Jan 2026, prefix profile_`. One finding alone tells
 * its own story.
 */
export function causeLine(cause: Cause, zone: string): Inline {
  const since = ` since ${formatWindow(cause.onset, zone)}`;
  const [first] = cause.findings;
  if (first === undefined) return [];
  if (cause.findings.length === 1) {
    return [text(`${findingStory(first, false)}${tellsSince(first) ? '' : since}`), ...deployPart(cause)];
  }
  return [
    bold(`${subjectOf(cause)}, one cause`),
    text(`: ${looksLike(cause)}${isOwnStory(cause) && tellsSince(first) ? '' : since}`),
    ...(cause.prefix === undefined ? namesPart(cause) : [text(', prefix '), code(cause.prefix)]),
    ...deployPart(cause),
    text(evidenceWords(cause)),
  ];
}

/** The same for a notification. */
export function plainCauseLine(cause: Cause, zone: string): string {
  return causeLine(cause, zone)
    .map((run) => ('text' in run ? run.text : ''))
    .join('');
}

/** `9 features`, `1 feature and the traffic`, `4 series of age`. */
function subjectOf({ findings, links }: Cause): string {
  const columns = new Set(findings.flatMap(({ series }) => (series.role === 'feature' ? [series.column] : [])));
  const traffic = findings.filter(({ series }) => series.role === 'traffic').length;
  if (columns.size === 1 && traffic === 0) return `${findings.length} series of ${[...columns][0] ?? ''}`;
  if (columns.size === 0) return `The traffic of ${counted(traffic, 'segment')}`;
  // A new column is no feature of the model yet.
  const noun = findings.some(({ rule }) => rule === 'column_new') ? 'column' : 'feature';
  const features = counted(columns.size, noun);
  const upstream = links.includes('upstream') ? 'Upstream of the model: ' : '';
  return `${upstream}${features}${traffic === 0 ? '' : ' and the traffic'}`;
}

function looksLike(cause: Cause): string {
  const { signature, links, lostShare, findings } = cause;
  if (lostShare !== undefined && signature?.kind === 'values_lost') {
    return `the same ${formatShare(lostShare)} of the rows lost their values`;
  }
  if (signature !== undefined) return signatureWords(signature);
  if (links.includes('schema')) return 'the columns of the source changed';
  if (isOwnStory(cause) && findings[0] !== undefined) return findingStory(findings[0], false).replace(/^./, lower);
  return 'they went out together';
}

/** True where nothing is common to the findings but their column, so that the first tells of all. */
function isOwnStory({ signature, links }: Pick<Cause, 'signature' | 'links'>): boolean {
  return signature === undefined && !links.includes('schema') && links.includes('column');
}

function signatureWords(signature: Signature): string {
  switch (signature.kind) {
    case 'all_missing':
      return 'all null';
    case 'all_default':
      return 'all at the default';
    case 'gone':
      return 'gone from the source';
    case 'retyped':
      return 'of another type';
    case 'unreadable':
      return 'not to be read';
    case 'new':
      return 'new in the source';
    case 'respelt':
      return 'categories spelt in a second way';
    case 'stuck':
      return 'stuck at one value';
    case 'no_rows':
      return 'no rows';
    case 'values_lost':
      return 'values lost';
    case 'unit':
      return `${timesWords(signature.times)}, as after a change of unit`;
    case 'up':
      return `${statisticWord(signature.statistic)} up`;
    case 'down':
      return `${statisticWord(signature.statistic)} down`;
    default:
      return signature satisfies never;
  }
}

function timesWords(times: number): string {
  return times >= 1 ? `about ${times} times as large` : `about ${Math.round(1 / times)} times as small`;
}

function statisticWord(statistic: Parameters<typeof seriesWords>[0]['statistic']): string {
  return seriesWords({ segment: '', column: '', role: 'feature', statistic }).trim();
}

/** Names only where they add to what is said already. */
function namesPart({ findings, links }: Cause): Inline {
  if (links.includes('column')) return [];
  const columns = [...new Set(findings.map(({ series }) => (series.role === 'traffic' ? 'traffic' : series.column)))];
  const named = columns
    .slice(0, NAMED)
    .flatMap((column, index) => [...(index === 0 ? [] : [text(', ')]), code(column)]);
  const more = columns.length - NAMED;
  return [text(': '), ...named, ...(more > 0 ? [text(` +${more}`)] : [])];
}

function deployPart({ event }: Cause): Inline {
  return event === undefined ? [] : [text(`, at the time of the deploy “${event.text}”`)];
}

function evidenceWords({ links }: Cause): string {
  return links.includes('correlation') ? '; they have always deviated together' : '';
}

function lower(letter: string): string {
  return letter.toLowerCase();
}

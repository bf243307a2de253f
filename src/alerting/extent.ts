import type { Finding } from '../domain/finding.ts';
import { type Extent, type SeverityWord, severityWords } from '../domain/report.ts';
import type { Window } from '../domain/window.ts';
import { severityWord } from './severity-word.ts';

/** So many times what the channel was told, in series or in severity, is worth a second message there. */
export const REFIRE_RATIO = 2;
/** Series that must have joined for their number to count as worse: one becoming two is the same incident. */
export const REFIRE_MORE_SERIES = 3;
/** Widths of a band beyond which further is no news: a band that hardly scatters makes any change thousands of them. */
const WIDEST_NEWS = 10;

/** Findings whose run goes on in a window. */
export function outIn<Found extends Finding>(findings: readonly Found[], window: Window): readonly Found[] {
  return findings.filter(({ to }) => to.startMs >= window.startMs);
}

export function extentOf(findings: readonly Finding[]): Extent {
  return {
    series: findings.length,
    severity: findings.reduce((most, { severity }) => Math.max(most, severity), 0),
    word: severityWord(findings),
  };
}

/** The larger of both in each respect. */
export function largest(a: Extent, b: Extent): Extent {
  return {
    series: Math.max(a.series, b.series),
    severity: Math.max(a.severity, b.severity),
    word: rankOf(a.word) >= rankOf(b.word) ? a.word : b.word,
  };
}

/** True where it is so much worse than what was told that the channel hears of it again. */
export function isMuchWorse(now: Extent, told: Extent): boolean {
  if (told.series === 0) return false;
  const moreSeries = now.series - told.series >= REFIRE_MORE_SERIES && now.series >= told.series * REFIRE_RATIO;
  const isFurther = Math.min(now.severity, WIDEST_NEWS) >= Math.max(told.severity, 1) * REFIRE_RATIO;
  return moreSeries || isFurther || isGraver(now, told);
}

/** True where more series are out than ever before, or its word is graver. */
export function isWorse(now: Extent, peak: Extent): boolean {
  return now.series > peak.series || rankOf(now.word) > rankOf(peak.word);
}

/** Critical is another matter than what it was: the score moved, or something broke. */
function isGraver(now: Extent, told: Extent): boolean {
  return now.word === 'critical' && told.word !== 'critical';
}

function rankOf(word: SeverityWord): number {
  return severityWords.indexOf(word);
}

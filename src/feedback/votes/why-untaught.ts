import type { FindingId } from '../../domain/identifiers.ts';
import type { Report } from '../../domain/report.ts';
import type { VotedWindow } from '../../domain/vote.ts';

/**
 * Why nothing can be learned from a vote. `left_out`: its windows were muted, or injected on purpose. `rules`: other rules
 * than the band told of it, and votes correct only the band. `unseen`: what its windows were judged by is kept no longer.
 */
export type Untaught = 'left_out' | 'rules' | 'unseen';

/** Undefined where there is something to learn. `windows`: those of the report, or of the finding, as stage 2 sees them. */
export function whyUntaught(
  { findings }: Pick<Report, 'findings'>,
  findingId: FindingId | undefined,
  windows: readonly VotedWindow[],
): Untaught | undefined {
  if (windows.some(({ isLeftOut }) => isLeftOut !== true)) return undefined;
  if (windows.length > 0) return 'left_out';
  const about = findings.filter(({ id }) => findingId === undefined || id === findingId);
  const isOfBand = about.some(({ anomalies }) => anomalies.some(({ rule }) => rule === 'band'));
  return isOfBand ? 'unseen' : 'rules';
}

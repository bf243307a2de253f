import type { EpochMs } from '../domain/identifiers.ts';
import type { Comparison, LearnedVersion, LearningReport } from '../domain/learned-version.ts';
import { plainMessage } from '../messages/message.ts';
import type { Stores } from '../ports/stores.ts';

/** One line in the thread of each report with votes that were learned for the first time. */
export function enqueueReceipts(
  stores: Pick<Stores, 'models' | 'reports' | 'votes' | 'outbox'>,
  { number, report }: LearnedVersion,
  { since, now }: { readonly since: EpochMs; readonly now: EpochMs },
): void {
  if (report === undefined) return;
  for (const model of stores.models.list().filter(({ slug }) => report.models.includes(slug))) {
    const fresh = stores.votes.ofModel(model.id).filter(({ at, windows = [] }) => at > since && windows.length > 0);
    for (const reportId of new Set(fresh.map((vote) => vote.reportId))) {
      const votes = fresh.filter((vote) => vote.reportId === reportId).length;
      stores.outbox.add({
        key: `learned:${number}:${reportId}`,
        kind: 'note',
        reportId,
        revision: 0,
        message: plainMessage(`${count(votes, 'vote')} of this report learned. ${receiptWords(number, report)}`),
        isBroadcast: false,
        at: now,
      });
    }
  }
}

/** What a promotion changed, in one line; also for the digest. */
export function receiptWords(number: number, report: LearningReport): string {
  const { findings, quieter, louder, windows, votes } = report;
  const changed =
    quieter === 0 && louder === 0
      ? `none of the ${count(findings, 'finding')} of the last 90 days would change`
      : [
          ...(quieter > 0
            ? [`${quieter} of the ${count(findings, 'finding')} of the last 90 days would now stay quiet`]
            : []),
          ...(louder > 0 ? [`${count(louder, 'window')} would now be told`] : []),
        ].join(', ');
  const quality = `precision ${figures(votes, 'precision')}, recall ${figures(votes, 'recall')} on ${count(windows, 'labelled window')}`;
  return `Version ${number} of the detector is in force: ${changed}; ${quality}. Undo with \`/drift detector rollback\`.`;
}

function figures({ before, after }: Comparison, figure: 'precision' | 'recall'): string {
  return `${formatFigure(before[figure])} → ${formatFigure(after[figure])}`;
}

export function formatFigure(figure: number | null): string {
  return figure === null ? '–' : figure.toFixed(2);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

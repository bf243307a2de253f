import { counted } from '../../domain/counted.ts';
import type { EpochMs } from '../../domain/identifiers.ts';
import type { Label } from '../../domain/label.ts';
import type { Comparison, LearnedVersion, LearningReport } from '../../domain/learned-version.ts';
import type { Vote } from '../../domain/vote.ts';
import { plainMessage } from '../../messages/message.ts';
import type { Stores } from '../../ports/stores.ts';

/** One line in the thread of each report with votes that were learned for the first time; of `labels` it was learned. */
export function enqueueReceipts(
  stores: Pick<Stores, 'models' | 'reports' | 'votes' | 'outbox'>,
  { number, report }: LearnedVersion,
  { labels, since, now }: { readonly labels: readonly Label[]; readonly since: EpochMs; readonly now: EpochMs },
): void {
  if (report === undefined) return;
  const learned = new Set(labels.map(({ model, incident }) => `${model} ${incident}`));
  for (const model of stores.models.list().filter(({ slug }) => report.models.includes(slug))) {
    const fresh = stores.votes.ofModel(model.id).filter((vote) => vote.at > since && isToBeLearned(vote));
    for (const reportId of new Set(fresh.map((vote) => vote.reportId))) {
      if (!learned.has(`${model.slug} report:${reportId}`)) continue;
      const votes = fresh.filter((vote) => vote.reportId === reportId).length;
      stores.outbox.add({
        key: `learned:${number}:${reportId}`,
        kind: 'note',
        reportId,
        revision: 0,
        message: plainMessage(`${counted(votes, 'vote')} of this report learned. ${receiptWords(number, report)}`),
        isBroadcast: false,
        at: now,
      });
    }
  }
}

/** What says that the detector was right to look is no label, and nor is what was muted or injected. */
function isToBeLearned({ reason, windows = [] }: Vote): boolean {
  return reason !== 'expected_once' && reason !== 'new_normal' && windows.some(({ isLeftOut }) => isLeftOut !== true);
}

/** What a promotion changed, in one line; also for the digest. */
export function receiptWords(number: number, report: LearningReport): string {
  return `Version ${number} of the detector is in force: ${gistOf(report)}. Undo with \`/drift detector rollback\`.`;
}

/** The same of a version that would be promoted. */
export function dryReceiptWords(number: number, report: LearningReport): string {
  return `Version ${number} of the detector would come into force: ${gistOf(report)}.`;
}

function gistOf(report: LearningReport): string {
  const { windows, votes } = report;
  return `${changeWords(report)}; precision ${figures(votes, 'precision')}, recall ${figures(votes, 'recall')} on ${counted(windows, 'labelled window')}`;
}

function changeWords({ findings, quieter, louder }: LearningReport): string {
  const would = [
    ...(quieter > 0
      ? [`${quieter} of the ${counted(findings, 'finding')} of the last 90 days would now stay quiet`]
      : []),
    ...(louder > 0 ? [`${counted(louder, 'window')} would now be told`] : []),
  ];
  if (would.length > 0) return would.join(', ');
  if (findings === 0) return 'there were no findings in the last 90 days that it could change';
  if (findings === 1) return 'the one finding of the last 90 days would not change';
  return `none of the ${findings} findings of the last 90 days would change`;
}

function figures({ before, after }: Comparison, figure: 'precision' | 'recall'): string {
  return `${formatFigure(before[figure])} → ${formatFigure(after[figure])}`;
}

export function formatFigure(figure: number | null): string {
  return figure === null ? '–' : figure.toFixed(2);
}

import type { Model } from '../domain/model.ts';
import type { Window } from '../domain/window.ts';
import { formatInstant } from '../messages/format-instant.ts';
import { formatWindow } from '../messages/format-window.ts';
import { type Inline, type MessageBlock, text } from '../messages/message.ts';
import { type ReportView, tally } from './report-view.ts';
import { voteReasonWords } from './words.ts';

export function footer(view: ReportView): MessageBlock {
  const { report, model, mute, votes } = view;
  const { real, notUseful } = tally(votes);
  const parts: Inline[] = [[text(windowWords(report.judged, model))]];
  if (report.acknowledgedBy !== undefined && report.acknowledgedAt !== undefined) {
    const at = formatInstant(report.acknowledgedAt, model.zone);
    parts.push([text('👀 acknowledged by '), { type: 'user', userId: report.acknowledgedBy }, text(` ${at}`)]);
  }
  if (mute !== undefined) {
    const until = formatInstant(mute.untilMs, model.zone);
    const reason = mute.reason === undefined ? '' : ` (${mute.reason})`;
    parts.push([text(`🔕 muted until ${until} by `), { type: 'user', userId: mute.by }, text(reason)]);
  }
  if (real.length > 0) parts.push([text(`👍 ${real.length} real `), ...people(real)]);
  for (const { by, reason } of notUseful) {
    parts.push([text(`👎 ${reason === undefined ? 'not useful' : voteReasonWords[reason]} `), ...people([by])]);
  }
  parts.push([text(`report #${report.id} · detector ${view.detectorName}`)]);
  return { type: 'context', content: parts.flatMap((part, index) => (index === 0 ? part : [text(' · '), ...part])) };
}

/** An hour says its zone itself; a day does not. */
function windowWords(window: Window, { granularity, zone }: Model): string {
  return granularity === 'day' ? `Day ${formatWindow(window, zone)} (${zone})` : `Hour ${formatWindow(window, zone)}`;
}

function people(users: readonly string[]): Inline {
  return users.flatMap((userId, index) => [...(index === 0 ? [] : [text(', ')]), { type: 'user' as const, userId }]);
}

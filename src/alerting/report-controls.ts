import { feedbackActions } from '../domain/feedback-action.ts';
import type { FindingId } from '../domain/identifiers.ts';
import { modelActions } from '../domain/model-action.ts';
import { type MuteDuration, muteDurations, reportActions } from '../domain/report-action.ts';
import type { Action, MessageBlock } from '../messages/message.ts';
import type { ReportView } from './report-view.ts';

const muteChoices: Readonly<Record<MuteDuration, string>> = {
  '1h': '1 hour',
  '4h': '4 hours',
  '1d': '1 day',
  '7d': '7 days',
  '30d': '30 days',
};

export function feedbackBlock({ report }: ReportView): MessageBlock {
  return {
    type: 'feedback',
    action: reportActions.vote,
    positive: { text: '👍 Real', value: `real:${report.id}`, accessibilityLabel: 'This report is real' },
    negative: {
      text: '👎 Not useful',
      value: `not_useful:${report.id}`,
      accessibilityLabel: 'This report is not useful',
    },
  };
}

/** Thumbs of one finding: they count for more than those of its whole report. */
export function findingFeedback(id: FindingId): MessageBlock {
  return {
    type: 'feedback',
    action: feedbackActions.findingVote,
    positive: { text: '👍 Real', value: `real:${id}`, accessibilityLabel: 'This finding is real' },
    negative: { text: '👎 Not useful', value: `not_useful:${id}`, accessibilityLabel: 'This finding is not useful' },
  };
}

export function actionsOf({ report, mute }: ReportView): Action[] {
  const value = String(report.id);
  const acknowledge: Action = {
    type: 'button',
    action: reportActions.acknowledge,
    text: 'Acknowledge',
    value,
    style: 'primary',
    accessibilityLabel: 'Say that you look after this',
  };
  const silence: Action =
    mute === undefined
      ? {
          type: 'menu',
          action: reportActions.mute,
          text: 'Mute …',
          options: muteDurations.map((duration) => ({ text: muteChoices[duration], value: `${duration}:${value}` })),
        }
      : { type: 'button', action: reportActions.unmute, text: 'Unmute', value };
  const findings: Action = { type: 'button', action: reportActions.findings, text: 'All findings', value };
  const details: Action = { type: 'button', action: reportActions.details, text: 'Details', value };
  const release: Action = {
    type: 'button',
    action: modelActions.unacknowledge,
    text: 'Undo acknowledge',
    value,
    accessibilityLabel: 'Take the acknowledgement back',
  };
  const isAnyones = report.state !== 'resolved' && report.acknowledgedBy === undefined;
  const care = isAnyones ? [acknowledge] : report.state === 'acknowledged' ? [release] : [];
  return [...care, silence, findings, details];
}

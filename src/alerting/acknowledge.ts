import { DriftbellError } from '../domain/errors.ts';
import type { ReportId, UserId } from '../domain/identifiers.ts';
import { modelActions } from '../domain/model-action.ts';
import type { Report } from '../domain/report.ts';
import { type Message, text } from '../messages/message.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import { enqueueNote, enqueueReport } from './enqueue.ts';
import { transition } from './lifecycle.ts';
import { reportById } from './report-by-id.ts';

export interface AcknowledgeDeps {
  readonly stores: Pick<Stores, 'reports' | 'outbox' | 'mutes' | 'audit' | 'transaction'>;
  readonly clock: Clock;
}

/** Says that somebody looks after a firing report. Of two people at once, the second gets `report.conflict`. */
export function acknowledge(
  deps: AcknowledgeDeps,
  input: { readonly reportId: ReportId; readonly by: UserId },
): Report {
  const { stores } = deps;
  const at = deps.clock.now();
  return stores.transaction(() => {
    const before = reportById(stores, input.reportId);
    const isAcknowledged = before.acknowledgedBy !== undefined;
    const state = transition(before.state, 'acknowledge', { isAcknowledged });
    const moved = state !== undefined && state !== 'quiet' ? { state, by: input.by, at } : undefined;
    const report = moved && stores.reports.move(before.id, [before.state], moved);
    if (report === undefined) throw tooLate(before, input.by);
    stores.audit.add({ at, by: input.by, action: 'report.acknowledge', subject: `report:${report.id}`, facts: {} });
    enqueueReport(stores, report, at);
    const note = { key: `acknowledged:${report.revision}`, message: acknowledgedMessage(report.id, input.by) };
    enqueueNote(stores, report, { note, now: at });
    return report;
  });
}

function tooLate({ id, state, acknowledgedBy }: Report, by: UserId): DriftbellError {
  const isTheirs = acknowledgedBy === by;
  const word = isTheirs ? 'yours' : acknowledgedBy === undefined ? state : 'acknowledged';
  return new DriftbellError('report.conflict', {
    expected: 'a report that is firing and that nobody looks after',
    received: `report ${id}, which is ${word} already`,
    remedy: isTheirs
      ? 'there is nothing left to do: the channel sees it'
      : 'look at the message: it shows who was first',
  });
}

function acknowledgedMessage(id: ReportId, by: UserId): Message {
  return {
    text: 'Acknowledged: somebody looks after it.',
    blocks: [
      { type: 'paragraph', content: [text('👀 Acknowledged by '), { type: 'user', userId: by }, text('.')] },
      {
        type: 'actions',
        actions: [
          {
            type: 'button',
            action: modelActions.unacknowledge,
            text: 'Undo',
            value: String(id),
            accessibilityLabel: 'Take the acknowledgement back',
          },
        ],
      },
    ],
  };
}

import {
  acknowledge,
  detailsMessage,
  findingsMessage,
  mute,
  presentReport,
  reportById,
  unmute,
} from '../src/alerting/index.ts';
import type { ReportId, UserId } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import type { Role } from '../src/domain/role.ts';
import { requireUntil, resolveUntil } from '../src/domain/until.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { authorise } from './authorise.ts';
import type { CommandDeps } from './command.ts';
import { createVotePresses } from './vote-presses.ts';

interface Press {
  readonly reportId: ReportId;
  readonly user: UserId;
}

export type PressDeps = Pick<CommandDeps, 'stores' | 'clock' | 'access' | 'learning'>;

/**
 * The verbs behind a report's buttons. Each answers with what only the person sees; the report itself is shown anew
 * through the outbox. Errors are `report.unknown` and `report.conflict`.
 */
export function createPresses(deps: PressDeps) {
  const { stores, clock } = deps;

  return {
    ...createVotePresses(deps),
    async acknowledge(press: Press): Promise<Message> {
      await may(press, 'report.acknowledge');
      const report = acknowledge({ stores, clock }, { reportId: press.reportId, by: press.user });
      return plainMessage(`Report #${report.id} is yours. The channel sees that you look after it.`);
    },
    async mute(press: Press & { readonly duration: string }): Promise<Message> {
      await may(press, 'model.mute');
      const model = modelOf(press.reportId);
      const untilMs = resolveUntil(requireUntil([press.duration]).until, clock.now(), model.zone);
      mute({ stores, clock }, { model, by: press.user, untilMs });
      return plainMessage(`${model.slug} is muted until ${formatInstant(untilMs, model.zone)}.`);
    },
    async unmute(press: Press): Promise<Message> {
      await may(press, 'model.unmute');
      const model = modelOf(press.reportId);
      const wasMuted = unmute({ stores, clock }, { model, by: press.user }) > 0;
      return plainMessage(wasMuted ? `${model.slug} is no longer muted.` : `${model.slug} was not muted any more.`);
    },
    async findings(press: Press): Promise<Message> {
      await may(press, 'report.details', 'viewer');
      return findingsMessage(presentReport({ stores }, reportById(stores, press.reportId), clock.now()));
    },
    async details(press: Press): Promise<Message> {
      await may(press, 'report.details', 'viewer');
      return detailsMessage(presentReport({ stores }, reportById(stores, press.reportId), clock.now()));
    },
  };

  async function may({ reportId, user }: Press, action: string, need: Role = 'responder'): Promise<void> {
    await authorise(deps, { user, action, need, model: modelOf(reportId) });
  }

  function modelOf(id: ReportId): Model {
    return presentReport({ stores }, reportById(stores, id), clock.now()).model;
  }
}

import { release, reportById, unmute } from '../src/alerting/index.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import type { ModelId, MuteId, ReportId, UserId } from '../src/domain/identifiers.ts';
import type { Model } from '../src/domain/model.ts';
import type { PostedMessage } from '../src/domain/report.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { authorise } from './authorise.ts';
import type { CommandDeps } from './command.ts';

export type ModelPressDeps = Pick<CommandDeps, 'stores' | 'clock' | 'access' | 'retire'>;

/** The verbs behind buttons that are about a model, a mute or an acknowledgement rather than about a report. */
export function createModelPresses(deps: ModelPressDeps) {
  const { stores, clock } = deps;
  return {
    reportAt: (message: PostedMessage): ReportId | undefined => stores.reports.byPosted(message)?.id,
    async retire({ modelId, user }: { readonly modelId: ModelId; readonly user: UserId }): Promise<Message> {
      const model = modelOf(modelId);
      await authorise(deps, { user, action: 'model.retire', need: 'owner', model });
      return plainMessage(
        deps.retire(model, user) ? `${model.slug} is retired.` : `${model.slug} was retired already; nothing changed.`,
      );
    },
    async endMute({ muteId, user }: { readonly muteId: MuteId; readonly user: UserId }): Promise<Message> {
      const mute = stores.mutes.byId(muteId);
      const model = modelOf(mute?.modelId);
      await authorise(deps, { user, action: 'model.unmute', need: 'responder', model });
      const ended = unmute(deps, { model, by: user, ids: [muteId] });
      return plainMessage(ended > 0 ? `The mute of ${model.slug} has ended.` : 'This mute had ended already.');
    },
    async unacknowledge({ reportId, user }: { readonly reportId: ReportId; readonly user: UserId }): Promise<Message> {
      const report = reportById(stores, reportId);
      const model = modelOf(report.modelId);
      await authorise(deps, { user, action: 'report.release', need: 'responder', model });
      release({ stores, clock }, { reportId, by: user });
      return plainMessage(`Report #${reportId} is nobody's again.`);
    },
  };

  function modelOf(id: ModelId | undefined): Model {
    const model = id === undefined ? undefined : stores.models.byId(id);
    if (model !== undefined) return model;
    throw new DriftbellError('model.unknown', {
      expected: 'a button about a model that is kept',
      received: 'one about something that is gone',
      remedy: 'see what there is with `/drift list`',
    });
  }
}

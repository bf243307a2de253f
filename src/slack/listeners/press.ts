import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { UserId } from '../../domain/identifiers.ts';
import type { Message } from '../../messages/message.ts';
import { answer } from '../answer.ts';
import type { FormatOptions } from '../block-kit.ts';
import type { ActionDoors } from '../doors.ts';
import type { HomeTab } from '../home-tab.ts';
import {
  type ActionId,
  actionIds,
  parseFindingReason,
  parseFindingVerdict,
  parseModel,
  parseMute,
  parseMuteRow,
  parseReason,
  parseReport,
  parseUndo,
  parseVerdict,
} from '../ids.ts';
import { BlockActions, parsePayload, pressedThread, pressedValue } from '../payloads.ts';
import { requestOf, respondOf } from '../request.ts';
import { homeAfter } from './home.ts';

type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
type Verb = (doors: ActionDoors, value: string, user: UserId) => Promise<Message | undefined>;

const findingVote: Verb = (doors, value, user) => doors.findingVote({ ...parseFindingVerdict(value), user });
const vote: Verb = (doors, value, user) => doors.vote({ ...parseVerdict(value), user });

/** Which door each action id opens. */
export const verbs: Readonly<Record<ActionId, Verb>> = {
  [actionIds.vote]: vote,
  [actionIds.voteReal]: vote,
  [actionIds.voteNotUseful]: vote,
  [actionIds.voteReason]: (doors, value, user) => doors.voteReason({ ...parseReason(value), user }),
  [actionIds.acknowledge]: (doors, value, user) => doors.acknowledge({ reportId: parseReport(value), user }),
  [actionIds.mute]: (doors, value, user) => doors.mute({ ...parseMute(value), user }),
  [actionIds.unmute]: (doors, value, user) => doors.unmute({ reportId: parseReport(value), user }),
  [actionIds.findings]: (doors, value, user) => doors.findings({ reportId: parseReport(value), user }),
  [actionIds.details]: (doors, value, user) => doors.details({ reportId: parseReport(value), user }),
  [actionIds.unacknowledge]: (doors, value, user) => doors.unacknowledge({ reportId: parseReport(value), user }),
  [actionIds.retire]: (doors, value, user) => doors.retire({ modelId: parseModel(value), user }),
  [actionIds.endMute]: (doors, value, user) => doors.endMute({ muteId: parseMuteRow(value), user }),
  [actionIds.findingVote]: findingVote,
  [actionIds.findingReal]: findingVote,
  [actionIds.findingNotUseful]: findingVote,
  [actionIds.findingReason]: (doors, value, user) => doors.findingReason({ ...parseFindingReason(value), user }),
  [actionIds.undoVote]: (doors, value, user) => doors.undoVote({ ...parseUndo(value), user }),
  [actionIds.newNormal]: (doors, value, user) => doors.newNormal({ reportId: parseReport(value), user }),
};

/**
 * In a private message, these stand in one that only asks or tells what was done, so that the answer takes its place.
 * All others stand in the copy of a report, which stays.
 */
const answeredInPlace: readonly ActionId[] = [
  actionIds.voteReason,
  actionIds.findingReason,
  actionIds.undoVote,
  actionIds.retire,
];

export interface PressDeps {
  readonly actions: ActionDoors;
  readonly format: FormatOptions;
  /** Shown anew after something was pressed in it. */
  readonly tab: HomeTab;
}

/** A button or a menu: its door's answer is for the person alone, and takes the place of a question that was so too. */
export function createPressListener(id: ActionId, { actions, format, tab }: PressDeps) {
  const verb = verbs[id];
  const isOfQuestion = answeredInPlace.includes(id);
  return async (args: PressArgs): Promise<void> => {
    const press = parsePayload(BlockActions, args.body);
    const isHome = press.view?.type === 'home';
    if (isHome) {
      requestOf(args).tellError = ({ text }) => tab.show(args.client, { ...homeAfter(press, 0), notice: text });
    }
    const message = await verb(actions, pressedValue(press), press.user.id);
    if (isHome) {
      await tab.show(args.client, {
        ...homeAfter(press, 0),
        ...(message === undefined ? {} : { notice: message.text }),
      });
      return;
    }
    const respond = respondOf(args);
    if (message === undefined || respond === undefined) return;
    const threadTs = pressedThread(press);
    await answer(respond, message, {
      visibility: 'ephemeral',
      isReplacing: isOfQuestion && press.container?.is_ephemeral === true,
      format,
      ...(threadTs === undefined ? {} : { threadTs }),
    });
  };
}

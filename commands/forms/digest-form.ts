import { digestChannels } from '../../src/alerting/index.ts';
import {
  type DigestPlan,
  digestTimeWords,
  isTimeOfDay,
  isWeekday,
  type StoredDigestPlan,
  standardPlan,
} from '../../src/domain/digest-plan.ts';
import { DriftbellError, describeThrown, isDriftbellError } from '../../src/domain/errors.ts';
import type { UserId } from '../../src/domain/identifiers.ts';
import { isAtLeast } from '../../src/domain/role.ts';
import type { DigestErrors, DigestForm, DigestValues } from '../../src/messages/form.ts';
import { type Inline, type Message, text } from '../../src/messages/message.ts';
import { authorise } from '../authorise.ts';
import type { CommandDeps } from '../command.ts';

export type SavedDigest =
  | { readonly isFine: false; readonly errors: DigestErrors }
  | { readonly isFine: true; readonly message: Message };

export interface DigestFormDeps extends Pick<CommandDeps, 'stores' | 'clock' | 'access'> {
  /** The operator's cron expression, for channels without a plan; undefined: no digest. */
  readonly digestSchedule: string | undefined;
  /** The channel by id. Throws `slack.rejected` where the bot cannot post. */
  readonly postable: (channel: string) => Promise<string>;
  /** Called after a plan was saved. */
  readonly onChange: () => void;
}

/**
 * The verbs behind the dialog of a channel's weekly digest. Whoever owns one of the models that report to the channel may
 * change it; that is asked when it opens and again when it is submitted.
 */
export function createDigestForms(deps: DigestFormDeps) {
  const { stores, clock, access } = deps;

  /** The zone that the times are of. */
  async function mayChange(user: UserId, channel: string): Promise<string> {
    const models = stores.models.list().filter((model) => model.channel === channel);
    const [first] = models;
    if (first === undefined) throw nobodyReports();
    const roles = await Promise.all(models.map((model) => access.roleOf(user, model)));
    const owned = models[roles.findIndex((role) => isAtLeast(role, 'owner'))];
    await authorise(deps, { user, action: 'digest.edit', need: 'owner', model: owned ?? first });
    return digestChannels(models)[0]?.zone ?? first.zone;
  }

  const planOf = (channel: string): DigestPlan | StoredDigestPlan =>
    stores.digestPlans.of(channel) ?? standardPlan(channel, deps.digestSchedule);

  return {
    async beginDigest(input: { readonly user: UserId; readonly channel: string }): Promise<DigestForm> {
      const { channel } = input;
      const zone = await mayChange(input.user, channel);
      const { isOn, weekday, at, to } = planOf(channel);
      const revision = stores.digestPlans.of(channel)?.revision ?? 0;
      return { subject: { channel, revision }, zone, values: { isOn, weekday: String(weekday), at, to } };
    },

    async saveDigest(input: {
      readonly user: UserId;
      readonly subject: DigestForm['subject'];
      readonly values: DigestValues;
    }): Promise<SavedDigest> {
      const { user, subject, values } = input;
      const { channel } = subject;
      const zone = await mayChange(user, channel);
      const errors = { ...errorsIn(values), ...(await placeError(deps, values)) };
      if (Object.keys(errors).length > 0) return { isFine: false, errors };
      const plan = planIn(values, planOf(channel));
      stores.transaction(() => {
        const before = stores.digestPlans.of(channel);
        if ((before?.revision ?? 0) !== subject.revision) throw changedMeanwhile();
        const facts = { from: bare(planOf(channel)), to: plan };
        stores.digestPlans.put(channel, plan);
        stores.audit.add({ at: clock.now(), by: user, action: 'digest.edit', subject: `channel:${channel}`, facts });
      });
      deps.onChange();
      return { isFine: true, message: savedMessage(channel, plan, zone) };
    },
  };
}

function errorsIn({ isOn, weekday, at, to }: DigestValues): DigestErrors {
  if (!isOn) return {};
  return {
    ...(isWeekday(Number(weekday)) ? {} : { weekday: 'Expected a day of the week.' }),
    ...(isTimeOfDay(at) ? {} : { at: 'Expected a time such as 09:00.' }),
    ...(to === '' ? { to: 'Expected the channel that gets the digest.' } : {}),
  };
}

/** A digest that is off goes nowhere, so its channel need not be fit for one. */
async function placeError({ postable }: DigestFormDeps, { isOn, to }: DigestValues): Promise<DigestErrors> {
  if (!isOn || to === '') return {};
  try {
    await postable(to);
    return {};
  } catch (thrown) {
    if (!isDriftbellError(thrown) || thrown.code !== 'slack.rejected') throw thrown;
    return { to: describeThrown(thrown).replaceAll('`', '') };
  }
}

/** What is empty in a dialog that turns it off stays as it was, for when it is turned on again. */
function planIn({ isOn, weekday, at, to }: DigestValues, before: DigestPlan): DigestPlan {
  return {
    isOn,
    weekday: isWeekday(Number(weekday)) ? Number(weekday) : before.weekday,
    at: isTimeOfDay(at) ? at : before.at,
    to: to === '' ? before.to : to,
  };
}

/** Without its revision, as the audit keeps it. */
function bare({ isOn, weekday, at, to }: DigestPlan): DigestPlan {
  return { isOn, weekday, at, to };
}

function savedMessage(channel: string, plan: DigestPlan, zone: string): Message {
  const when = `${digestTimeWords(plan)} (${zone})`;
  const place: Inline = plan.to === channel ? [] : [text(' in '), { type: 'channel', channelId: plan.to }];
  const said: Inline = plan.isOn
    ? [text(` is posted ${when}`), ...place, text('.')]
    : [text(' is not posted any more.')];
  const spoken = plan.isOn ? `The weekly digest is posted ${when}.` : 'The weekly digest is not posted any more.';
  return {
    text: spoken,
    blocks: [
      {
        type: 'paragraph',
        content: [text('The weekly digest of '), { type: 'channel', channelId: channel }, ...said],
      },
    ],
  };
}

function nobodyReports(): DriftbellError {
  return new DriftbellError('model.unknown', {
    expected: 'a channel that models report to',
    received: 'one that none reports to any more',
    remedy: 'see where they report with `/drift list`',
  });
}

function changedMeanwhile(): DriftbellError {
  return new DriftbellError('model.conflict', {
    expected: 'the digest as it was when the dialog was opened',
    received: 'one that somebody else has changed since',
    remedy: 'open the dialog again from the home tab: it shows what holds now',
  });
}

import type { ReportId } from '../../src/domain/identifiers.ts';
import { type Message, plainMessage } from '../../src/messages/message.ts';
import type {
  ActionDoors,
  CommandAnswer,
  CommandDoor,
  CommandInput,
  FormDoor,
  HomeDoor,
} from '../../src/slack/index.ts';

export interface RecordingDoors {
  readonly commands: CommandDoor;
  readonly actions: ActionDoors;
  readonly forms: FormDoor;
  readonly home: HomeDoor;
  readonly calls: { readonly verb: string; readonly input: unknown }[];
}

export interface DoorAnswers {
  readonly run?: (input: CommandInput) => Promise<CommandAnswer>;
  readonly forms?: Partial<FormDoor>;
  /** The message that shows report 7. */
  readonly reportTs?: () => string;
  readonly press?: (verb: string) => Promise<Message | undefined>;
}

/** Doors that note what comes through them and answer as told. */
export function createRecordingDoors(answers: DoorAnswers = {}): RecordingDoors {
  const calls: RecordingDoors['calls'] = [];
  const press = (verb: string) => (input: unknown) => {
    calls.push({ verb, input });
    return answers.press?.(verb) ?? Promise.resolve(plainMessage(`${verb} done`));
  };
  return {
    calls,
    commands: {
      run(input) {
        calls.push({ verb: 'run', input });
        return (
          answers.run?.(input) ??
          Promise.resolve({ message: plainMessage(`you said ${input.text}`), visibility: 'ephemeral' })
        );
      },
    },
    home: {
      view: async ({ notice = 'Driftbell', page }) => ({ message: plainMessage(`${notice}, page ${page}`) }),
    },
    forms: {
      begin: async () => ({ subject: { kind: 'register' }, values: {} }),
      check: async () => ({ isFine: false, errors: {} }),
      preview: async () => undefined,
      turn: () => Promise.reject(new Error('this test turns no page')),
      beginQuietHours: async () => ({
        subject: { kind: 'edit', modelId: 1, revision: 1, slug: 'churn' },
        zone: 'UTC',
        values: { from: '', to: '', weekends: false, unless: 'critical' },
      }),
      beginImport: async () => undefined,
      checkImport: async () => ({ isFine: false, error: '' }),
      confirmImport: async () => plainMessage('imported'),
      beginDigest: async () => ({
        subject: { channel: 'C0MODELS1', revision: 0 },
        zone: 'UTC',
        values: { isOn: true, weekday: '1', at: '09:00', to: 'C0MODELS1' },
      }),
      saveDigest: async () => ({ isFine: true, message: plainMessage('saved') }),
      saveQuietHours: async () => ({ isFine: true, message: plainMessage('saved') }),
      confirm: async () => plainMessage('saved'),
      ...answers.forms,
    },
    actions: {
      vote: press('vote'),
      voteReason: press('voteReason'),
      acknowledge: press('acknowledge'),
      mute: press('mute'),
      unmute: press('unmute'),
      findings: press('findings'),
      details: press('details'),
      unacknowledge: press('unacknowledge'),
      reportAt: ({ ts }) => (ts === answers.reportTs?.() ? (7 as ReportId) : undefined),
      retire: press('retire'),
      endMute: press('endMute'),
      newNormal: press('newNormal'),
      findingVote: press('findingVote'),
      findingReason: press('findingReason'),
      undoVote: press('undoVote'),
    },
  };
}

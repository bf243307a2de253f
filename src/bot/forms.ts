import {
  type CommandDeps,
  createDigestForms,
  createImportForms,
  createModelForms,
  createQuietHoursForms,
} from '../../commands/index.ts';
import type { Core } from '../main.ts';
import type { Chat } from '../ports/chat.ts';
import type { FormDoor } from '../slack/index.ts';
import { createFormPreview } from './form-preview.ts';
import type { PreviewTable } from './preview-table.ts';

/** The dialogs of the bot. */
export function createForms(
  { clock, inspect, rehearse }: Core,
  deps: {
    readonly commands: CommandDeps;
    readonly chat: Chat;
    readonly previewTable: PreviewTable | undefined;
    readonly digestSchedule: string | undefined;
    readonly onDigestPlan: () => void;
  },
): FormDoor {
  const { commands, chat, previewTable, digestSchedule, onDigestPlan } = deps;
  const models = createModelForms({
    ...commands,
    inspect,
    postable: chat.postable,
    preview: createFormPreview({ clock, picture: commands.picture, previewTable }),
  });
  const digests = createDigestForms({ ...commands, digestSchedule, postable: chat.postable, onChange: onDigestPlan });
  const imports = createImportForms({ ...commands, postable: chat.postable, rehearse });
  return Object.assign(models, createQuietHoursForms(commands), imports, digests);
}

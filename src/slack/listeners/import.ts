import type { WebClient } from '@slack/web-api';
import { plainMessage } from '../../messages/message.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FormDoor } from '../doors.ts';
import { fromSlackError } from '../errors.ts';
import { limits } from '../limits.ts';
import { importErrors, importFoundView, importView, readImport } from '../views/import-view.ts';
import { plainView } from '../views/plain-view.ts';
import { readDraftId } from '../views/read-form.ts';
import { beginDialog, type SubmitArgs, whileSlackWaits } from './submission.ts';

export async function openImport(client: WebClient, triggerId: string): Promise<void> {
  await client.views.open({ trigger_id: triggerId, view: importView() }).catch((thrown: unknown) => {
    throw fromSlackError(thrown, 'views.open');
  });
}

/** The dialog that takes a file of models: what the sources hold and what would change first, then the import. */
export function createImportListeners(door: FormDoor, clock: Clock) {
  return {
    async submitted(args: SubmitArgs): Promise<void> {
      const { dialog, user, view } = beginDialog(args);
      const file = readImport(view);
      const checking = door.checkImport({ user, text: file });
      const early = await whileSlackWaits(checking, clock);
      if (early === undefined) await dialog.show(plainView('Looking', plainMessage('⏳ Looking at the sources …')));
      const checked = early ?? (await checking);
      if (checked.isFine) await dialog.show(importFoundView(checked.found, checked.draftId));
      else if ('refused' in checked) await dialog.show(importView({ file, wrong: checked.refused }));
      else if (!dialog.isWaiting()) await dialog.show(importView({ file, wrong: plainMessage(checked.error) }));
      else await dialog.errors(importErrors(checked.error.replaceAll('`', '').slice(0, limits.fieldErrorChars)));
    },

    async confirmed(args: SubmitArgs): Promise<void> {
      const { dialog, user, view } = beginDialog(args);
      await dialog.show(plainView('Importing', plainMessage('⏳ Looking at the sources and saving …')));
      await dialog.show(plainView('Imported', await door.confirmImport({ user, draftId: readDraftId(view) })));
    },
  };
}

import type { WebClient } from '@slack/web-api';
import { plainMessage } from '../../messages/message.ts';
import type { FormDoor } from '../doors.ts';
import { fromSlackError } from '../errors.ts';
import { limits } from '../limits.ts';
import { importErrors, importFoundView, importView, readImport } from '../views/import-view.ts';
import { plainView } from '../views/plain-view.ts';
import { readDraftId } from '../views/read-form.ts';
import { beginDialog, type SubmitArgs } from './submission.ts';

export async function openImport(client: WebClient, triggerId: string): Promise<void> {
  await client.views.open({ trigger_id: triggerId, view: importView() }).catch((thrown: unknown) => {
    throw fromSlackError(thrown, 'views.open');
  });
}

/** The dialog that takes a file of models: what would change first, then the import. */
export function createImportListeners(door: FormDoor) {
  return {
    async submitted(args: SubmitArgs): Promise<void> {
      const { dialog, user, view } = beginDialog(args);
      const checked = await door.checkImport({ user, text: readImport(view) });
      if (checked.isFine) await dialog.show(importFoundView(checked.found, checked.draftId));
      else await dialog.errors(importErrors(checked.error.replaceAll('`', '').slice(0, limits.fieldErrorChars)));
    },

    async confirmed(args: SubmitArgs): Promise<void> {
      const { dialog, user, view } = beginDialog(args);
      await dialog.show(plainView('Importing', plainMessage('⏳ Looking at the sources and saving …')));
      await dialog.show(plainView('Imported', await door.confirmImport({ user, draftId: readDraftId(view) })));
    },
  };
}

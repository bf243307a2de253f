import type { FormDoor } from '../doors.ts';
import { parseModel } from '../ids.ts';
import { quietHoursView, readQuietHours } from '../views/quiet-hours-view.ts';
import { readEditSubject } from '../views/read-form.ts';
import type { HomeDialog } from './home-dialog.ts';

/** The dialog that the home tab opens for a model's quiet hours. */
export function createQuietHoursDialog(door: Pick<FormDoor, 'beginQuietHours' | 'saveQuietHours'>): HomeDialog {
  return {
    open: async (user, about) => quietHoursView(await door.beginQuietHours({ user, modelId: parseModel(about) })),
    save: (user, view) => door.saveQuietHours({ user, subject: readEditSubject(view), values: readQuietHours(view) }),
  };
}

import type { FormDoor } from '../doors.ts';
import { digestView, readDigest, readDigestSubject } from '../views/digest-view.ts';
import type { HomeDialog } from './home-dialog.ts';

/** The dialog that the home tab opens for a channel's weekly digest. */
export function createDigestDialog(door: Pick<FormDoor, 'beginDigest' | 'saveDigest'>): HomeDialog {
  return {
    open: async (user, channel) => digestView(await door.beginDigest({ user, channel })),
    save: (user, view) => door.saveDigest({ user, subject: readDigestSubject(view), values: readDigest(view) }),
  };
}

import type { Core } from '../core.ts';
import { sendEvent } from './events.ts';

/** An admin removes the app: its tokens die, and it is told so. */
export async function uninstall(core: Core): Promise<void> {
  const { teamId, botUserId } = core.identity;
  core.tokens.revokeTeam(teamId);
  await sendEvent(core, 'tokens_revoked', { type: 'tokens_revoked', tokens: { oauth: [], bot: [botUserId] } });
  await sendEvent(core, 'app_uninstalled', { type: 'app_uninstalled' });
}

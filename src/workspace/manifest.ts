import { z } from 'zod';
import { WorkspaceError } from './errors.ts';
import type { WorkspaceOptions } from './options.ts';

const Manifest = z.object({
  features: z.object({
    bot_user: z.object({ display_name: z.string() }),
    slash_commands: z
      .array(z.object({ command: z.string(), description: z.string().default(''), usage_hint: z.string().default('') }))
      .default([]),
    shortcuts: z
      .array(
        z.object({
          type: z.enum(['message', 'global']),
          name: z.string(),
          callback_id: z.string(),
          description: z.string().default(''),
        }),
      )
      .default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }).optional() }),
});

/** The app as its manifest declares it: it is granted and sent what that says, and nothing else. */
export function appOfManifest(
  manifest: unknown,
): Required<Pick<WorkspaceOptions, 'botName' | 'commands' | 'shortcuts' | 'scopes' | 'events'>> {
  const parsed = Manifest.safeParse(manifest);
  if (!parsed.success) {
    const received = z.prettifyError(parsed.error);
    throw new WorkspaceError('bad_options', { expected: "a manifest in Slack's form", received, remedy: 'mend it' });
  }
  const { features, oauth_config: oauth, settings } = parsed.data;
  return {
    botName: features.bot_user.display_name,
    commands: features.slash_commands.map(({ command, description, usage_hint: usageHint }) => ({
      command,
      description,
      usageHint,
    })),
    shortcuts: features.shortcuts.map(({ callback_id: callbackId, ...rest }) => ({ ...rest, callbackId })),
    scopes: oauth.scopes.bot,
    events: settings.event_subscriptions?.bot_events ?? [],
  };
}

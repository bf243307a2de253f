import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shortcuts } from '../../src/domain/shortcut.ts';
import { botScopes, COMMAND, eventScopes, methodScopes, optionalMethodScopes } from '../../src/slack/scopes.ts';

const root = resolve(import.meta.dirname, '../..');

const Manifest = z.object({
  features: z.object({
    shortcuts: z.array(
      z.object({ type: z.string(), name: z.string(), callback_id: z.string(), description: z.string() }),
    ),
    slash_commands: z.array(z.object({ command: z.string(), should_escape: z.boolean(), usage_hint: z.string() })),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
    interactivity: z.object({ is_enabled: z.literal(true) }),
    socket_mode_enabled: z.literal(true),
  }),
});

const manifest = Manifest.parse(JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')));
const source = readdirSync(join(root, 'src/slack'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'scopes.ts')
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

describe('the manifest', () => {
  it('asks for the scopes that the code needs, and no other', () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual(botScopes());
  });

  it('subscribes to the events that the code listens to', () => {
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(Object.keys(eventScopes).sort());
    const heard = [...source.matchAll(/app\.event\('([a-z_]+)'/g)].map((match) => match[1]);
    expect(heard.sort()).toEqual(Object.keys(eventScopes).sort());
  });

  it('declares the one command, with ids for people and channels', () => {
    expect(manifest.features.slash_commands).toMatchObject([{ command: COMMAND, should_escape: true }]);
  });
});

describe('the shortcuts of the manifest', () => {
  it('are those that the code listens to', () => {
    const known = Object.values(shortcuts).map(({ id, ...words }) => ({ type: 'message', callback_id: id, ...words }));

    expect(manifest.features.shortcuts).toEqual(known);
    // Slack's schema of manifests: longer names are refused.
    for (const { name } of manifest.features.shortcuts) expect(name.length).toBeLessThanOrEqual(24);
  });
});

describe('the table of methods', () => {
  it('has every method that the code calls, and no other', () => {
    const called = [
      ...source.matchAll(/client\s*\.((?:auth|chat|conversations|files|usergroups|users|views)(?:\.[a-zA-Z]+)+)\(/g),
    ].map((match) => match[1]);

    expect([...new Set(called)].sort()).toEqual(Object.keys({ ...methodScopes, ...optionalMethodScopes }).sort());
  });
});

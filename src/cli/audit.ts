import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { counted } from '../domain/counted.ts';
import type { ReportId, UserId } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { parseInstant } from '../domain/window.ts';
import { formatInstant } from '../messages/format-instant.ts';
import type { AuditEntry, Stores } from '../ports/stores.ts';
import type { CliDeps } from './deps.ts';
import { openKnownCore } from './open-core.ts';
import { unknownModel } from './unknown-model.ts';

interface AuditOptions {
  readonly model?: string;
  readonly by?: string;
  readonly action?: string;
  readonly since?: string;
  readonly output?: string;
}

type AuditStores = Pick<Stores, 'audit' | 'models' | 'reports'>;

export function registerAudit(program: Command, deps: CliDeps): void {
  program
    .command('audit')
    .description('who changed what and when, and who was denied what: one JSON object per entry, the oldest first')
    .option('--model <slug>', 'of one model and its reports only')
    .option('--by <person>', 'of one person only, by id; "command line" is what was done in a shell')
    .option('--action <action>', 'of one kind only, such as model.mute or access.denied')
    .option('--since <time>', 'from a date such as 2026-03-01 or a time on, in the zone of --model, else in UTC')
    .option('--output <file>', 'a new file for them (default: standard output)')
    .action((options: AuditOptions) => exportAudit(deps, options));
}

async function exportAudit(deps: CliDeps, options: AuditOptions): Promise<void> {
  const { terminal } = deps;
  const core = await openKnownCore(deps);
  try {
    const lines = auditLines(core.stores, options);
    if (lines.length === 0) terminal.writeError(`${nothingFound(core.stores, options)}\n`);
    const text = lines.map((line) => `${line}\n`).join('');
    if (options.output === undefined) return terminal.write(text);
    // What was kept before is never written over.
    await writeFile(options.output, text, { flag: 'wx' });
    terminal.write(`${counted(lines.length, 'entry', 'entries')} written to ${options.output}.\n`);
  } finally {
    await core.close();
  }
}

/** The names are a contract with scripts. `model` is null for what is about none. */
function auditLines(stores: AuditStores, { model: slug, by, action, since }: AuditOptions): string[] {
  const model = slug === undefined ? undefined : requireModel(stores, slug);
  const entries = stores.audit.newest(Number.MAX_SAFE_INTEGER, {
    ...(model === undefined ? {} : { model }),
    ...(by === undefined ? {} : { by: by as UserId }),
    ...(action === undefined ? {} : { action }),
    ...(since === undefined ? {} : { sinceMs: parseInstant(since, model?.zone ?? 'UTC') }),
  });
  return entries.toReversed().map((entry) =>
    JSON.stringify({
      at: new Date(entry.at).toISOString(),
      ...{ by: entry.by, action: entry.action, subject: entry.subject, model: modelOf(stores, entry) },
      facts: entry.facts,
    }),
  );
}

/** What the audit has, of what was asked for. */
function nothingFound({ audit }: AuditStores, { by, action }: AuditOptions): string {
  const entries = audit.newest(Number.MAX_SAFE_INTEGER);
  const [newest, oldest] = [entries[0], entries.at(-1)];
  if (newest === undefined || oldest === undefined) return 'The audit has no entry yet.';
  const known = (key: 'action' | 'by') => [...new Set(entries.map((entry) => entry[key]))].toSorted().join(', ');
  return [
    `Nothing of that kind is in the audit. It has ${counted(entries.length, 'entry', 'entries')}`,
    ` from ${formatInstant(oldest.at, 'UTC')} to ${formatInstant(newest.at, 'UTC')}`,
    action === undefined ? '' : `, of the actions ${known('action')}`,
    by === undefined ? '' : `, by ${known('by')}`,
    '.',
  ].join('');
}

/** Retired models have a past, too. */
function requireModel({ models }: AuditStores, slug: string): Model {
  const model = models.bySlug(slug);
  if (model === undefined) throw unknownModel(slug);
  return model;
}

/** The slug of the model that an entry is about, directly or by one of its reports. */
function modelOf({ models, reports }: AuditStores, { subject }: AuditEntry): string | null {
  const [kind, id = ''] = subject.split(':');
  if (kind === 'model') return id;
  const report = kind === 'report' ? reports.byId(Number(id) as ReportId) : undefined;
  return (report && models.byId(report.modelId)?.slug) ?? null;
}

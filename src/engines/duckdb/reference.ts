import { type ColumnKind, TRAFFIC_COLUMN } from '../../domain/column.ts';
import { ALL_TRAFFIC } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import type { Bins, ProfilePlan, ReferenceProfile } from '../../ports/statistics-engine.ts';
import { withExtremes } from '../bin-edges.ts';
import { listCategories } from './categories.ts';
import { columnChunks } from './chunks.ts';
import { profileColumns } from './profile-columns.ts';
import type { PlanColumn, Traffic } from './read-aggregate.ts';
import { innerEdges } from './reference-edges.ts';
import type { Reading, Scanning } from './scanning.ts';
import { numericDefault } from './sql/column-sql.ts';
import { profileSql } from './sql/profile-sql.ts';
import { slotsSql } from './sql/windows.ts';
import { toCount } from './values.ts';
import { vectorLengths } from './vector-lengths.ts';

/** Categories that a reference remembers; what is smaller counts as unseen when it comes again. */
const MOST_KNOWN_CATEGORIES = 1000;

interface ReferenceJob {
  readonly scanning: Scanning;
  readonly plan: ProfilePlan;
  readonly windows: readonly Window[];
  readonly threads: number;
}

/** Cuts every column by the rows of all windows together, then counts those rows by the cuts. */
export async function profileReference(
  given: ReferenceJob,
): Promise<{ windows: number; columns: readonly ReferenceProfile[] }> {
  const job = { ...given, scanning: withoutSegments(given.scanning) };
  const { scanning, windows } = job;
  if (windows.length === 0) return { windows: 0, columns: [] };
  await scanning.query(slotsSql(windows));
  const counts = await scanning.query(profileSql(scanning.reading.scan, windows, []));
  const populated = counts.filter((row) => toCount(row.n) > 0).length;
  if (populated === 0) return { windows: 0, columns: [] };

  await scanning.query(slotsSql(windows, { together: true }));
  const rows = counts.reduce((sum, row) => sum + toCount(row.n), 0);
  const traffic: Traffic = { window: spanOf(windows), segment: ALL_TRAFFIC, rows };
  const readable = job.plan.columns.filter((column) => scanning.problemOf(column) === undefined);
  const lengths = await vectorLengths(scanning, readable, { windows: [traffic.window], slots: true });
  const columns: ReferenceProfile[] = [];
  for (const chunk of columnChunks(readable, { groups: 1, threads: job.threads, hasSegments: false })) {
    const bins = new Map([...(await binsOf(job, chunk, traffic)), ...lengthBins(chunk, lengths)]);
    const cut = chunk.filter((column) => bins.has(column.name));
    const categories = new Map(
      [...bins].flatMap(([name, each]) => (each.kind === 'categorical' ? [[name, each.categories] as const] : [])),
    );
    const aggregates = await profileColumns(
      {
        scanning,
        windows: [traffic.window],
        traffic: [traffic],
        categories,
        bins,
        vectorLengths: lengths,
        isLean: true,
      },
      cut,
    );
    for (const aggregate of aggregates) {
      const found = bins.get(aggregate.column);
      if (found !== undefined && aggregate.problems.every(({ code }) => code !== 'unreadable')) {
        columns.push(found.kind === 'numeric' ? withExtremes(found, aggregate) : { bins: found, aggregate });
      }
    }
  }
  return { windows: populated, columns };
}

function lengthBins(columns: readonly PlanColumn[], lengths: ReadonlyMap<string, number | null>): [string, Bins][] {
  return columns.flatMap(({ name, kind }): [string, Bins][] =>
    kind === 'embedding' ? [[name, { kind, length: lengths.get(name) ?? null }]] : [],
  );
}

async function binsOf(
  job: ReferenceJob,
  columns: readonly PlanColumn[],
  traffic: Traffic,
): Promise<ReadonlyMap<string, Bins>> {
  const found = new Map<string, Bins>();
  const ofKind = (kind: ColumnKind) => columns.filter((column) => column.kind === kind);
  const inner = await innerEdges(job.scanning, ofKind('numeric'), { span: traffic.window, rows: traffic.rows });
  for (const { name, defaultValue } of ofKind('numeric')) {
    const edges = inner.get(name);
    if (edges !== undefined) found.set(name, { kind: 'numeric', edges, defaultValue: numericDefault(defaultValue) });
  }
  for (const { name } of ofKind('boolean')) found.set(name, { kind: 'boolean' });
  const { byColumn } = await listCategories(job.scanning, ofKind('categorical'), {
    windows: [traffic.window],
    limit: MOST_KNOWN_CATEGORIES,
    threads: job.threads,
    slots: true,
  });
  for (const [name, known] of byColumn) {
    found.set(name, { kind: 'categorical', categories: known.slice(0, job.plan.topCategories), known });
  }
  return found;
}

function withoutSegments(scanning: Scanning): Scanning {
  const plain = (reading: Reading): Reading => {
    const { segment: _, ...scan } = reading.scan;
    return { ...reading, scan };
  };
  return {
    ...scanning,
    reading: plain(scanning.reading),
    tolerant: async () => {
      const tolerant = await scanning.tolerant();
      return tolerant === undefined ? undefined : plain(tolerant);
    },
  };
}

/** All the windows as one; those left out in between are left out by the table of slots. */
function spanOf(windows: readonly Window[]): Window {
  const startMs = windows.reduce((first, window) => Math.min(first, window.startMs), Number.POSITIVE_INFINITY);
  return {
    key: TRAFFIC_COLUMN,
    startMs,
    endMs: windows.reduce((last, window) => Math.max(last, window.endMs), startMs),
  };
}

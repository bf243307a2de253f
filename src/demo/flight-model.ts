import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DriftbellError, describeThrown } from '../domain/errors.ts';
import { SYSTEM_USER } from '../domain/identifiers.ts';
import type { DeclaredEvent, Model } from '../domain/model.ts';
import { writeParquet } from '../engines/duckdb/index.ts';
import { LOCAL_OWNER } from '../local-bot.ts';
import type { Core } from '../main.ts';
import { parseDeclaration } from '../registry/index.ts';
import { scoredFlightsSql } from './flights-sql.ts';
import { knownIncidents } from './incidents.ts';

export const DEMO_SLUG = 'flight-delay';

/** Writes the scored requests of the flight-delay model; the number of rows. */
export async function writeScoredFlights(path: string): Promise<number> {
  return writeParquet(scoredFlightsSql(flightsPath()), path);
}

/** Registers the model in the channel of the local workspace, and declares the faults that are injected. */
export async function registerFlightModel(core: Core, scoredPath: string, channel: string): Promise<Model> {
  const settings = parseDeclaration({
    slug: DEMO_SLUG,
    source: { location: scoredPath },
    timeColumn: 'scored_at',
    scoreColumn: 'expected_delay',
    labelColumn: 'delay',
    features: ['distance', 'origin', 'destination', 'hour', 'origin_recent_delay'],
    segmentColumn: 'region',
    declaredKinds: { hour: 'numeric' },
    // Midnight is an hour like any other: without this, its 0 would count as "not filled in".
    defaults: { hour: -1 },
    channel,
    owners: [LOCAL_OWNER],
  });
  const { model } = await core.register(settings, SYSTEM_USER);
  for (const event of injectedEvents(model)) core.stores.events.put(event);
  return model;
}

function injectedEvents(model: Model): DeclaredEvent[] {
  return knownIncidents
    .filter(({ kind }) => kind === 'injected')
    .map(({ from, to, text }) => ({
      modelId: model.id,
      startMs: Date.parse(from),
      endMs: Date.parse(to),
      kind: 'injected',
      text,
    }));
}

export function flightsPath(): string {
  try {
    const entry = createRequire(import.meta.url).resolve('vega-datasets');
    const path = join(dirname(entry), '..', 'data', 'flights-3m.parquet');
    if (existsSync(path)) return path;
    throw new Error(`no file at ${path}`);
  } catch (cause) {
    throw new DriftbellError('source.not_found', {
      expected: 'the flights of the npm package vega-datasets',
      received: describeThrown(cause),
      remedy: 'run `npm ci` in the project, which installs it',
      cause,
    });
  }
}

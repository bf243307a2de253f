import type { Column } from '../../domain/column.ts';
import type { StoredFinding } from '../../domain/finding.ts';
import type { DeclaredEvent } from '../../domain/model.ts';
import { seriesName } from '../../domain/series.ts';
import type { Window } from '../../domain/window.ts';
import type { Cause, CauseInput, CauseLink } from './cause.ts';
import { createComponents } from './components.ts';
import { CORRELATED, clipped, shrunkCorrelation } from './correlation.ts';
import { groupTail } from './group-tail.ts';
import { lostShareOf } from './lost-share.ts';
import { isNear } from './near.ts';
import { type Signature, signatureName, signatureOf } from './signature.ts';
import { commonPrefix, sharedPrefix, sourceOf } from './source-prefix.ts';
import { createWeights, type Weights } from './weight.ts';

/** A larger part of a model's features than this at once is not theirs but of what feeds them (methods, section 4). */
export const UPSTREAM_SHARE = 0.3;
/** Of a model of few features a third is soon reached: fewer than this many columns are still looked at one by one. */
export const UPSTREAM_LEAST_COLUMNS = 4;
/** Pairs grow with the square: the widest so many series are correlated, 20,000 pairs. */
const MOST_CORRELATED = 200;
/** A look that so large a part of a group shares is the group's. */
const SIGNATURE_SHARE = 0.75;

/**
 * Which findings are one story: those that began within one window of each other, and are of one column, one source by
 * name, one look, one deploy, changed with the columns of the source, or have always deviated together. Connected
 * components of these; a large part of the model at once is one upstream cause. The score is what causes are felt by
 * and is none. The strongest first. Pure.
 */
export function findCauses(input: CauseInput): readonly Cause[] {
  const suspects = input.findings
    .filter(({ series }) => series.role !== 'score')
    .toSorted((a, b) => a.from.startMs - b.from.startMs || compareNames(a, b));
  const features = input.columns.filter(({ role }) => role === 'feature');
  const weights = createWeights(input.findings, features);
  const components = createComponents(suspects.length);
  const looks = suspects.map(signatureOf);
  const deploys = input.events.filter(({ kind }) => kind === 'deploy');
  const common = commonPrefix(features.map(({ name }) => name));

  const chains = new Map<string, number>();
  for (const [place, finding] of suspects.entries()) {
    for (const key of keysOf(finding, { look: looks[place], common, deploys })) {
      const before = chains.get(key);
      const neighbour = before === undefined ? undefined : suspects[before];
      if (before !== undefined && neighbour !== undefined && isNear(neighbour.from, finding.from)) {
        components.join(before, place);
      }
      chains.set(key, place);
    }
  }
  joinSchemaChanges(suspects, looks, components.join);
  const correlated = joinCorrelated(suspects, input.pastDeviations, components.join);
  joinUpstream(suspects, features, components.join);

  return components
    .sets()
    .map((set) => toCause(set, { suspects, looks, correlated, deploys, features, weights }))
    .toSorted((a, b) => b.weight - a.weight || a.onset.startMs - b.onset.startMs || compareLeads(a, b));
}

function compareLeads(a: Cause, b: Cause): number {
  const [first, second] = [a.findings[0], b.findings[0]];
  return first === undefined || second === undefined ? 0 : compareNames(first, second);
}

/** Keeps the order stable. */
function compareNames(a: StoredFinding, b: StoredFinding): number {
  const [first, second] = [seriesName(a.series), seriesName(b.series)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** What may join a finding with others of the same time. */
function keysOf(
  { series, from }: StoredFinding,
  on: { readonly look: Signature | undefined; readonly common: string; readonly deploys: readonly DeclaredEvent[] },
): string[] {
  const keys = [`column ${series.segment}/${series.column}`];
  const source = series.role === 'feature' ? sourceOf(series.column, on.common) : undefined;
  if (source !== undefined) keys.push(`source ${source}`);
  if (on.look !== undefined) keys.push(`look ${signatureName(on.look)}`);
  for (const [index, event] of on.deploys.entries()) if (isAt(event, from)) keys.push(`deploy ${index}`);
  return keys;
}

/** A deploy shows in the window that it falls into, or in the next. */
function isAt({ startMs }: DeclaredEvent, onset: Window): boolean {
  return startMs < onset.endMs && startMs >= onset.startMs - (onset.endMs - onset.startMs);
}

/** Whatever goes out while columns of the source go, come or change their type goes with them. */
function joinSchemaChanges(
  suspects: readonly StoredFinding[],
  looks: readonly (Signature | undefined)[],
  join: (a: number, b: number) => void,
): void {
  const changes = new Map<number, number>();
  for (const [place, look] of looks.entries()) {
    const onset = suspects[place]?.from.startMs;
    if (isSchemaChange(look) && onset !== undefined && !changes.has(onset)) changes.set(onset, place);
  }
  for (const change of changes.values()) {
    const at = suspects[change]?.from;
    for (const [place, { from }] of suspects.entries()) if (at !== undefined && isNear(at, from)) join(change, place);
  }
}

function isSchemaChange(look: Signature | undefined): boolean {
  return look?.kind === 'gone' || look?.kind === 'retyped' || look?.kind === 'new';
}

function joinCorrelated(
  suspects: readonly StoredFinding[],
  past: CauseInput['pastDeviations'],
  join: (a: number, b: number) => void,
): ReadonlySet<number> {
  const joined = new Set<number>();
  const widest = suspects
    .flatMap((finding, place) => {
      const deviations = past.get(seriesName(finding.series));
      return deviations === undefined ? [] : [{ finding, place, deviations }];
    })
    .toSorted((a, b) => b.finding.severity - a.finding.severity)
    .slice(0, MOST_CORRELATED)
    .map((one) => ({ ...one, deviations: clipped(one.deviations) }));
  for (const [index, a] of widest.entries()) {
    for (const b of widest.slice(index + 1)) {
      if (!isNear(a.finding.from, b.finding.from)) continue;
      if (shrunkCorrelation(a.deviations, b.deviations) <= CORRELATED) continue;
      join(a.place, b.place);
      joined.add(a.place).add(b.place);
    }
  }
  return joined;
}

/** Suspects are in order of their onset, so that those near a first one follow it. */
function joinUpstream(
  suspects: readonly StoredFinding[],
  features: readonly Column[],
  join: (a: number, b: number) => void,
): void {
  for (let first = 0; first < suspects.length; ) {
    const anchor = suspects[first];
    let end = first;
    while (anchor !== undefined && end < suspects.length && isNear(anchor.from, suspects[end]?.from ?? anchor.from))
      end += 1;
    const near = suspects.slice(first, end);
    if (isUpstream(near, features)) for (let place = first + 1; place < end; place += 1) join(first, place);
    first = Math.max(end, first + 1);
  }
}

function isUpstream(findings: readonly StoredFinding[], features: readonly Column[]): boolean {
  const columns = featuresOf(findings).length;
  return columns >= UPSTREAM_LEAST_COLUMNS && columns > features.length * UPSTREAM_SHARE;
}

/** Features among the columns of findings, each once. */
export function featuresOf(findings: readonly StoredFinding[]): readonly string[] {
  return [...new Set(findings.flatMap(({ series }) => (series.role === 'feature' ? [series.column] : [])))];
}

interface Clustered {
  readonly suspects: readonly StoredFinding[];
  readonly looks: readonly (Signature | undefined)[];
  readonly correlated: ReadonlySet<number>;
  readonly deploys: readonly DeclaredEvent[];
  readonly features: readonly Column[];
  readonly weights: Weights;
}

function toCause(places: readonly number[], clustered: Clustered): Cause {
  const { suspects, weights } = clustered;
  const findings = places
    .flatMap((place) => suspects[place] ?? [])
    .toSorted((a, b) => weights.ofFinding(b) - weights.ofFinding(a) || compareNames(a, b));
  const onset = suspects[places[0] ?? 0]?.from ?? { key: '', startMs: 0, endMs: 0 };
  const looks = places.map((place) => clustered.looks[place]);
  const signature = sharedLook(looks);
  const names = featuresOf(findings);
  const all = clustered.features.map(({ name }) => name);
  const prefix = sharedPrefix(names, all);
  const event = clustered.deploys.find((deploy) => isAt(deploy, onset));
  const lostShare = lostShareOf(findings);
  const tail = groupTail(findings.map(({ worst }) => worst.tail));
  const holds: Readonly<Record<CauseLink, boolean>> = {
    deploy: event !== undefined,
    schema: looks.some(isSchemaChange) && signature === undefined,
    signature: signature !== undefined,
    column: new Set(findings.map(({ series }) => series.column)).size === 1,
    prefix: prefix !== undefined,
    correlation: places.every((place) => clustered.correlated.has(place)),
    upstream: isUpstream(findings, clustered.features),
  };
  return {
    findings,
    onset,
    links: findings.length === 1 ? [] : linksIn(holds),
    ...(signature === undefined ? {} : { signature }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(event === undefined ? {} : { event }),
    ...(lostShare === undefined ? {} : { lostShare }),
    ...(tail === undefined ? {} : { tail }),
    weight: weights.ofCause(findings, { onset, tail }),
  };
}

function linksIn(holds: Readonly<Record<CauseLink, boolean>>): CauseLink[] {
  return (Object.keys(holds) as CauseLink[]).filter((link) => holds[link]);
}

function sharedLook(looks: readonly (Signature | undefined)[]): Signature | undefined {
  const counts = new Map<string, { count: number; look: Signature }>();
  for (const look of looks) {
    if (look === undefined) continue;
    const name = signatureName(look);
    const counted = counts.get(name);
    counts.set(name, { count: (counted?.count ?? 0) + 1, look });
  }
  const most = [...counts.values()].toSorted((a, b) => b.count - a.count)[0];
  return most !== undefined && most.count >= looks.length * SIGNATURE_SHARE ? most.look : undefined;
}

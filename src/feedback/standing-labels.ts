import { groupBy } from '../domain/group-by.ts';
import type { EpochMs, UserId } from '../domain/identifiers.ts';
import type { StoredLabel } from '../domain/label.ts';
import { type SeriesKey, seriesName } from '../domain/series.ts';
import type { Vote } from '../domain/vote.ts';

/** `at`: when it was said of the window. */
interface Said {
  readonly startMs: EpochMs;
  readonly at: EpochMs;
}

type HasSpoken = (by: UserId, series: SeriesKey, said: Said) => boolean;

/**
 * Labels as far as they count beside the votes. What was taken back does not, and of what a person said by hand of a window
 * the latest does. What was brought along says nothing for people
 * who voted on its windows or said something of them by hand: it may be their own word that came back, or an older one. Nor
 * does it for who took back what they had said of its windows, unless it is newer than that. Of several that were brought
 * along the newest has a person's word. The weight of a label is shared evenly by its people. `labels`: by time.
 */
export function standingLabels(votes: readonly Vote[], labels: readonly StoredLabel[]): readonly StoredLabel[] {
  const [brought, said] = [labels.filter(isBrought), labels.filter((label) => !isBrought(label))];
  const byHand = latestSaid(said.filter(({ takenBackAt }) => takenBackAt === undefined));
  if (brought.length === 0) return byHand;
  const [hasVoted, hasSaid] = [votersOf(votes), speakersOf(said)];
  const taken = new Set<string>();
  const standing = brought.toReversed().flatMap((label): StoredLabel[] => {
    const { series, by, weight = 1, windows, at } = label;
    const window = { startMs: windows[0]?.window.startMs ?? label.fromMs, at };
    const people = by.split(' ') as UserId[];
    const rest = people.filter((one) => {
      const name = nameOf(one, series, window.startMs);
      if (taken.has(name) || hasVoted(one, series, window) || hasSaid(one, series, window)) return false;
      taken.add(name);
      return true;
    });
    if (rest.length === 0) return [];
    if (rest.length === people.length) return [label];
    return [{ ...label, by: rest.join(' ') as UserId, weight: (weight * rest.length) / people.length }];
  });
  return [...byHand, ...standing].toSorted((a, b) => a.at - b.at || a.id - b.id);
}

/** What is left of a label where the same person said something later counts as if it alone had been said. */
function latestSaid(byHand: readonly StoredLabel[]): StoredLabel[] {
  const later = new Map<string, StoredLabel[]>();
  const left = byHand.toReversed().flatMap((label) => {
    const name = nameOf(label.by, label.series);
    const over = later.get(name) ?? [];
    later.set(name, [...over, label]);
    return over.reduce((pieces, one) => pieces.flatMap((piece) => cutOut(piece, one)), [label]);
  });
  return left.toReversed();
}

type Span = Pick<StoredLabel, 'fromMs' | 'toMs'>;

function cutOut(label: StoredLabel, { fromMs, toMs }: Span): StoredLabel[] {
  if (toMs <= label.fromMs || fromMs >= label.toMs) return [label];
  const sides: Span[] = [
    { fromMs: label.fromMs, toMs: fromMs },
    { fromMs: toMs, toMs: label.toMs },
  ];
  return sides
    .filter((side) => side.fromMs < side.toMs)
    .map((side) => ({ ...label, ...side, windows: label.windows.filter(({ window }) => isIn(side, window.startMs)) }));
}

function isIn({ fromMs, toMs }: Span, startMs: EpochMs): boolean {
  return fromMs <= startMs && startMs < toMs;
}

/** From another database; else said here by hand. */
export function isBrought({ incident }: StoredLabel): boolean {
  return incident !== undefined;
}

/** Whoever voted on a finding spoke of all its windows, also of those that came after the vote. */
function votersOf(votes: readonly Vote[]): HasSpoken {
  const voted = new Set<string>();
  for (const ofReport of groupBy(votes, ({ reportId }) => reportId).values()) {
    const told = ofReport.flatMap(({ by, findingId, windows = [] }) =>
      windows
        .filter((one) => findingId === undefined || one.findingId === findingId)
        .map((one) => ({ by, finding: one.findingId, series: one.series, startMs: one.window.startMs })),
    );
    for (const ofFinding of groupBy(told, ({ finding }) => finding).values()) {
      const people = new Set(ofFinding.map(({ by }) => by));
      for (const { series, startMs } of ofFinding) {
        for (const by of people) voted.add(nameOf(by, series, startMs));
      }
    }
  }
  return (by, series, { startMs }) => voted.has(nameOf(by, series, startMs));
}

/** What was taken back counts against what had been said by then. */
function speakersOf(said: readonly StoredLabel[]): HasSpoken {
  const spans = groupBy(said, ({ by, series }) => nameOf(by, series));
  return (by, series, { startMs, at }) =>
    (spans.get(nameOf(by, series)) ?? []).some(
      ({ takenBackAt = at, ...span }) => isIn(span, startMs) && at <= takenBackAt,
    );
}

function nameOf(by: UserId, series: SeriesKey, startMs?: EpochMs): string {
  return JSON.stringify([by, seriesName(series), startMs]);
}

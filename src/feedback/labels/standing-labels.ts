import { groupBy } from '../../domain/group-by.ts';
import type { EpochMs, UserId } from '../../domain/identifiers.ts';
import type { Dissent, StoredLabel } from '../../domain/label.ts';
import { type SeriesKey, seriesName } from '../../domain/series.ts';
import type { Vote, VotedWindow } from '../../domain/vote.ts';

/** `at`: when it was said of the window. */
interface Said {
  readonly startMs: EpochMs;
  readonly at: EpochMs;
}

type HasSpoken = (by: UserId, series: SeriesKey, said: Said) => boolean;

/**
 * Labels as far as they count beside the votes. What was taken back does not; of what a person said by hand of a window the
 * latest does, and nothing where the person voted on it later.
 *
 * What was brought along says nothing for people who voted on its windows or said something of them by hand: it may be their
 * own word that came back, or an older one. That goes for those who agreed and for those who dissented. Nor does it for who
 * took back what they had said of its windows, unless it is newer than that. Of several that were brought along the newest
 * has a person's word. The weight of a label is shared evenly by those who agree. `labels`: by time.
 */
export function standingLabels(votes: readonly Vote[], labels: readonly StoredLabel[]): readonly StoredLabel[] {
  const [brought, said] = [labels.filter(isBrought), labels.filter((label) => !isBrought(label))];
  const votedAt = votersOf(votes);
  const byHand = latestSaid(said.filter(isStanding)).map((label) => withoutVoted(label, votedAt));
  if (brought.length === 0) return byHand;
  const hasSaid = speakersOf(said);
  const taken = new Set<string>();
  const standing = brought.toReversed().flatMap((label): StoredLabel[] => {
    const { series, by, windows, at, dissent = [] } = label;
    const startMs = windows[0]?.window.startMs ?? label.fromMs;
    const counts = (one: UserId): boolean => {
      const name = nameOf(one, series, startMs);
      const hasVoted = votedAt(one, series, startMs) !== undefined;
      if (taken.has(name) || hasVoted || hasSaid(one, series, { startMs, at })) return false;
      taken.add(name);
      return true;
    };
    const people = by.split(' ') as UserId[];
    return remainderOf(label, { people: people.filter(counts), dissent: dissent.filter((other) => counts(other.by)) });
  });
  return [...byHand, ...standing].toSorted((a, b) => a.at - b.at || a.id - b.id);
}

interface Remainder {
  readonly people: readonly UserId[];
  readonly dissent: readonly Dissent[];
}

/** A label without those whose word is known otherwise: of each side of it what is left, as a label of its own. */
function remainderOf(label: StoredLabel, { people, dissent }: Remainder): StoredLabel[] {
  const { dissent: all = [], weight = 1, ...own } = label;
  const count = label.by.split(' ').length;
  if (people.length === count && dissent.length === all.length) return [label];
  const full = (fullWeight({ weight, dissent: all }) * people.length) / count;
  const verdict = label.verdict === 'real' ? 'not_useful' : 'real';
  return [
    ...(people.length === 0 ? [] : [{ ...own, by: people.join(' ') as UserId, weight: full }]),
    ...dissent.map((other): StoredLabel => ({ ...own, ...other, verdict, isMatterOfTaste: false })),
  ];
}

/** What those who agree count for, before dissent is taken off. */
export function fullWeight({
  weight,
  dissent,
}: {
  readonly weight: number;
  readonly dissent: readonly Dissent[];
}): number {
  return dissent.reduce((sum, other) => sum + other.weight, weight);
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

/** What the person voted on later says nothing more of its windows. */
function withoutVoted(label: StoredLabel, votedAt: VotedAt): StoredLabel {
  const { by, series, at } = label;
  const windows = label.windows.filter(({ window }) => (votedAt(by, series, window.startMs) ?? at) <= at);
  return windows.length === label.windows.length ? label : { ...label, windows };
}

export type IsOverruled = (vote: Pick<Vote, 'by' | 'at'>, of: Pick<VotedWindow, 'series' | 'window'>) => boolean;

/** True of a vote where the same person said something of the window by hand later, which still holds. */
export function overruledBy(labels: readonly StoredLabel[]): IsOverruled {
  const byHand = labels.filter((label) => !isBrought(label) && isStanding(label));
  const spans = groupBy(byHand, ({ by, series }) => nameOf(by, series));
  return (vote, { series, window }) =>
    (spans.get(nameOf(vote.by, series)) ?? []).some((label) => label.at > vote.at && isIn(label, window.startMs));
}

function isStanding({ takenBackAt }: StoredLabel): boolean {
  return takenBackAt === undefined;
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

type VotedAt = (by: UserId, series: SeriesKey, startMs: EpochMs) => EpochMs | undefined;

/** When a person voted last. Whoever voted on a finding spoke of all its windows, also of those that came after the vote. */
function votersOf(votes: readonly Vote[]): VotedAt {
  const voted = new Map<string, EpochMs>();
  for (const ofReport of groupBy(votes, ({ reportId }) => reportId).values()) {
    const told = ofReport.flatMap(({ by, at, findingId, windows = [] }) =>
      windows
        .filter((one) => findingId === undefined || one.findingId === findingId)
        .map((one) => ({ by, at, finding: one.findingId, series: one.series, startMs: one.window.startMs })),
    );
    for (const ofFinding of groupBy(told, ({ finding }) => finding).values()) {
      const people = groupBy(ofFinding, ({ by }) => by);
      for (const { series, startMs } of ofFinding) {
        for (const [by, own] of people) {
          const name = nameOf(by, series, startMs);
          voted.set(name, Math.max(voted.get(name) ?? 0, ...own.map(({ at }) => at)));
        }
      }
    }
  }
  return (by, series, startMs) => voted.get(nameOf(by, series, startMs));
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

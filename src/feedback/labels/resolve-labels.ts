import { groupBy } from '../../domain/group-by.ts';
import type { UserId } from '../../domain/identifiers.ts';
import { type Dissent, heardAt, type Label, type StoredLabel } from '../../domain/label.ts';
import type { Model } from '../../domain/model.ts';
import { seriesName } from '../../domain/series.ts';
import type { Vote } from '../../domain/vote.ts';
import { balanceOf, isMatterOfTaste, personWeight, TIE, windowsOf, wordsOn } from '../votes/finding-balance.ts';
import { fullWeight, type IsOverruled, overruledBy, standingLabels } from './standing-labels.ts';

/**
 * The rule by which votes become labels. For each finding, the latest word of each person counts: on the finding with 1,
 * on its whole report with REPORT_WEIGHT; an owner's twice; a thumb down without a reason half. The heavier side wins by the
 * difference, at most MOST_WEIGHT, spread over the windows of the finding; a tie is no label. Of windows of which a person
 * said something by hand as well the later counts.
 *
 * `expected once` and `new normal` say that the detector was right to look, so they are no labels: they act at once. `not
 * important` is a label for offsets only. Windows that were muted or injected are left out. A person who is alone and no
 * owner counts for at most MOST_ALONE labels of a model.
 */
const MOST_WEIGHT = 2;
const MOST_ALONE = 5;

type LabelledModel = Pick<Model, 'slug' | 'owners'>;

export function resolveLabels(
  model: LabelledModel,
  votes: readonly Vote[],
  said: readonly StoredLabel[],
): readonly Label[] {
  const byReport = groupBy(votes, ({ reportId }) => reportId);
  const isOverruled = overruledBy(said);
  const voted = [...byReport.values()].flatMap((ofReport) => labelsOfReport(model, ofReport, isOverruled));
  const standing = standingLabels(votes, said).flatMap((label) => labelsOfSaid(model, label));
  return capLoners(agree([...voted, ...standing]));
}

function labelsOfReport(model: LabelledModel, votes: readonly Vote[], isOverruled: IsOverruled): Label[] {
  const findings = new Set(votes.flatMap(({ windows = [] }) => windows.map(({ findingId }) => findingId)));
  return [...findings].flatMap((findingId) => {
    const words = wordsOn(model, votes, findingId);
    const windows = windowsOf(balanceOf(words).agreeing.at(-1) ?? words.at(-1)?.vote, findingId);
    return windows.flatMap((one): Label[] => {
      const { series, window, isAbove, seen } = one;
      const { balance, agreeing, against } = balanceOf(words.filter(({ vote }) => !isOverruled(vote, one)));
      if (balance === 0) return [];
      const by = agreeing.map((vote) => vote.by);
      const dissent = against.map(({ vote, weight }) => ({ by: vote.by, weight: Math.abs(weight) / windows.length }));
      return [
        {
          ...{ model: model.slug, series, window, isAbove, seen },
          incident: `report:${votes[0]?.reportId}`,
          verdict: balance > 0 ? 'real' : 'not_useful',
          isMatterOfTaste: balance < 0 && isMatterOfTaste(agreeing),
          isBroad: isBroad(model, by),
          weight: Math.min(MOST_WEIGHT, Math.abs(balance)) / windows.length,
          by,
          ...(dissent.length > 0 && { dissent }),
          at: Math.max(...agreeing.map(({ at }) => at)),
        },
      ];
    });
  });
}

function labelsOfSaid(model: LabelledModel, label: StoredLabel): Label[] {
  const { id, series, verdict, by, at, isMatterOfTaste, windows, dissent } = label;
  const weight = label.weight ?? personWeight(model, by) / Math.max(1, windows.length);
  const people = by.split(' ') as UserId[];
  return windows.map((window) => ({
    ...{ model: model.slug, series, ...window, verdict, isMatterOfTaste, weight, by: people, at },
    isBroad: isBroad(model, people),
    ...(dissent && { dissent }),
    // Votes that were brought along from another database are of what was told there.
    ...(label.heardAt !== undefined && { heardAt: label.heardAt }),
    isSaid: label.incident?.startsWith('report:') !== true,
    incident: label.incident ?? `said:${id}`,
  }));
}

function isBroad({ owners }: LabelledModel, by: readonly UserId[]): boolean {
  return new Set(by).size >= 2 || by.some((one) => owners.includes(one));
}

/** Labels of one window are one; where they disagree, the heavier side is right by the difference, the other dissents. */
function agree(labels: readonly Label[]): Label[] {
  const groups = groupBy(labels, ({ series, window, isAbove }) => {
    return JSON.stringify([seriesName(series), window.startMs, isAbove]);
  });
  return [...groups.values()].flatMap((group) => {
    const balance = group.reduce((sum, { verdict, weight }) => sum + (verdict === 'real' ? weight : -weight), 0);
    if (Math.abs(balance) < TIE) return [];
    const side = group.filter(({ verdict }) => (verdict === 'real') === balance > 0);
    const [first] = side;
    const newest = side.at(-1);
    if (first === undefined || newest === undefined) return [];
    const words = wordsIn([...side, ...group.filter((label) => !side.includes(label))]);
    const by = words.filter((word) => word.weight * balance > 0).map((word) => word.by);
    const dissent = words
      .filter((word) => word.weight * balance < 0)
      .map((word) => ({ by: word.by, weight: Math.abs(word.weight) }));
    const weight = Math.min(MOST_WEIGHT, Math.abs(balance));
    const isSaid = side.some((label) => label.isSaid === true);
    const { dissent: _, heardAt: __, ...own } = newest;
    const heard = Math.max(...side.map(heardAt));
    const joined = { ...own, incident: first.incident, weight, by, isBroad: side.some((label) => label.isBroad) };
    return [
      {
        ...joined,
        ...(dissent.length > 0 && { dissent }),
        ...(isSaid && { isSaid }),
        ...(heard !== own.at && { heardAt: heard }),
      },
    ];
  });
}

/** What each person says in all, above 0 for real; what a label counts for is shared evenly by those who agree. */
function wordsIn(labels: readonly Label[]): readonly Dissent[] {
  const words = new Map<UserId, number>();
  const say = (by: UserId, weight: number) => words.set(by, (words.get(by) ?? 0) + weight);
  for (const { verdict, weight, by, dissent = [] } of labels) {
    const sign = verdict === 'real' ? 1 : -1;
    for (const one of by) say(one, (sign * fullWeight({ weight, dissent })) / by.length);
    for (const other of dissent) say(other.by, -sign * other.weight);
  }
  return [...words].map(([by, weight]) => ({ by, weight }));
}

function capLoners(labels: readonly Label[]): Label[] {
  const alone = new Map<string, number>();
  for (const label of labels) {
    const { by, weight } = label;
    const [person = ''] = by;
    if (!label.isBroad) alone.set(person, (alone.get(person) ?? 0) + weight);
  }
  return labels.map((label) => {
    const total = label.isBroad ? 0 : (alone.get(label.by[0] ?? '') ?? 0);
    return total > MOST_ALONE ? { ...label, weight: (label.weight * MOST_ALONE) / total } : label;
  });
}

import type { StoredDetector } from '../../domain/detector.ts';
import { isAboveBaseline } from '../../domain/direction.ts';
import type { EpochMs } from '../../domain/identifiers.ts';
import { NOTHING_LEARNED } from '../../domain/learned-version.ts';
import type { Model } from '../../domain/model.ts';
import type { Stores } from '../../ports/stores.ts';
import type { SeeDetections } from '../votes/voted-windows.ts';
import { chooseQuestions, type Question, type Unvoted } from './choose-questions.ts';

export interface QuestionDeps {
  readonly stores: Pick<Stores, 'reports' | 'votes' | 'corrections'>;
  readonly detector: Pick<StoredDetector, 'id'>;
  readonly see: SeeDetections;
}

/** Votes are few below this part of the reports: then a digest asks. */
const FEW_VOTES = 0.5;
const SPAN_MS = 28 * 86_400_000;

/** The two findings of the last four weeks that a verdict on would teach most; none where most reports have votes. */
export function openQuestions(
  { stores, detector, see }: QuestionDeps,
  models: readonly Model[],
  now: EpochMs,
): readonly Question[] {
  let [all, voted] = [0, 0];
  const unvoted = models.flatMap((model) => {
    const votes = stores.votes.ofModel(model.id);
    const reports = stores.reports.list(model.id).filter(({ opened }) => opened.startMs >= now - SPAN_MS);
    all += reports.length;
    return reports.flatMap(({ id: reportId, findings }): Unvoted[] => {
      if (votes.some((vote) => vote.reportId === reportId)) {
        voted += 1;
        return [];
      }
      const banded = findings.filter(({ worst }) => worst.rule === 'band');
      const seen = see(
        model,
        banded.map(({ worst }) => worst),
      );
      return banded.flatMap(({ id: findingId, series, worst, to }, place): Unvoted[] => {
        const evidence = seen[place];
        if (evidence === undefined) return [];
        const isAbove = isAboveBaseline(worst);
        return [{ model: model.slug, reportId, findingId, series, isAbove, seen: evidence, atMs: to.startMs }];
      });
    });
  });
  if (voted >= FEW_VOTES * all) return [];
  const correction = stores.corrections.inForce(detector.id)?.version?.correction ?? NOTHING_LEARNED;
  return chooseQuestions(unvoted, { correction, now });
}

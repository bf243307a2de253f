import { applyFault, faultNames, scatterOf } from '../../../../src/detection/driftbell/corpus/faults.ts';
import type { EvaluationSeries, EvaluationSet } from '../../../../src/detection/index.ts';
import type { Random } from '../../../../src/ports/random.ts';
import type { Canvas } from './daily-canvases.ts';

/** Days of a piece; each is a series of its own. */
const PIECE_DAYS = 120;
/** A fault needs a history to be told from, and its end to be seen. */
const EARLIEST_FAULT = 28;
const LONGEST_FAULT = 7;
const CLEAN_SHARE = 0.25;
/** A fault that leaves the windows as they are is none; after so many the piece stays clean. */
const MOST_TRIES = 20;

/** Every piece of every canvas, three of four with one fault of the kinds that production has; cluster: the piece. */
export function injectFaults(name: string, canvases: readonly Canvas[], random: Random): EvaluationSet {
  return { name, granularity: 'day', series: canvases.flatMap(cutPieces).map((piece) => injectOne(piece, random)) };
}

/** The pieces as they are: what is alarmed here is false, or a real oddity that nobody has written down. */
export function cleanPieces(name: string, canvases: readonly Canvas[]): EvaluationSet {
  return { name, granularity: 'day', series: canvases.flatMap(cutPieces) };
}

function cutPieces({ name, values, daysOfWeek, isCount, marks }: Canvas): EvaluationSeries[] {
  return Array.from({ length: Math.floor(values.length / PIECE_DAYS) }, (_, index) => {
    const [from, to] = [index * PIECE_DAYS, (index + 1) * PIECE_DAYS];
    const unit = `${name}, part ${index + 1}`;
    return {
      unit,
      values: values.slice(from, to),
      daysOfWeek: daysOfWeek.slice(from, to),
      labels: new Uint8Array(PIECE_DAYS),
      clusterAt: () => unit,
      ...(marks && { marks: marks.slice(from, to) }),
      ...(isCount && { statisticKind: 'count' as const }),
    };
  });
}

function injectOne(piece: EvaluationSeries, random: Random): EvaluationSeries {
  if (random.uniform() < CLEAN_SHARE) return piece;
  const kind = piece.statisticKind ?? 'level';
  const scatter = scatterOf(piece.values.map((value) => (Number.isFinite(value) ? value : 0)));
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const name = faultNames[random.integer(0, faultNames.length - 1)] ?? 'spike';
    const length = random.integer(1, LONGEST_FAULT);
    const start = random.integer(EARLIEST_FAULT, PIECE_DAYS - length - 1);
    const values = piece.values.slice();
    const windows = { values, start, end: start + length, scatter, isShare: false };
    if (!applyFault(name, windows, kind, random)) continue;
    const labels = new Uint8Array(PIECE_DAYS).fill(1, start, start + length);
    return { ...piece, values, labels };
  }
  return piece;
}

import type { Excerpt } from '../excerpts.ts';

/** Drawn by `scripts/render-evidence.ts` from the results of both programs. */
export function evidencePictures(excerpts: readonly Excerpt[]): string[] {
  return [
    '## Pictures',
    'Two weeks each, picked by rule: where driftbell finds most events without a false episode, in two series; where it ' +
      'raises most false episodes; where it misses most events. Line: the value; blue: the band; marked: what its own rules ' +
      'call; "labelled": what people called.',
    ...excerpts.map((one) => {
      const told = `${one.found} found, ${one.missed} missed, ${one.falseEpisodes} false episodes`;
      const title = one.kind.startsWith('good') ? 'Done well' : 'A failure';
      const caption = `${title}: ${one.unit} of ${one.set}; ${told}. Data: ${one.source}, licence ${one.licence}.`;
      return `![${caption}](evidence-${one.kind}.png)\n\n${caption}`;
    }),
  ];
}

export const reliabilityPicture =
  '![Promised tail probabilities against those seen, by set, in logarithms](evidence-reliability.png)';

export const ablationPictures: readonly string[] = [
  '![Event F1 lost without each part: the mean over sets with real values, and each set](ablation-parts.png)\n\n' +
    'Bar: the mean over the sets with real values; points: each of them.',
  '![Loss after each pass of training](ablation-loss.png)',
];

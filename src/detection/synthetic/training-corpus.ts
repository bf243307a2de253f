import { type GeneratorOptions, referenceCorpus } from './generator-options.ts';
import { referenceKinds } from './seasonality.ts';

/**
 * What detectors are trained on unless series are given: the reference corpus, with anomalies in both directions, and
 * a broader part. On the reference corpus alone (noise 0.05, anomalies only upwards) a detector misses every drop and
 * raises three times as many false alarms on noisy series; without `weekend` and `profile` it follows real weeks badly.
 */
export const trainingCorpus: readonly GeneratorOptions[] = [
  { ...referenceCorpus, seriesPerKind: 25, direction: 'both' },
  {
    ...referenceCorpus,
    // Named twice: these two shapes have the most variety to learn.
    kinds: [...referenceKinds, 'weekend', 'profile', 'weekend', 'profile'],
    seriesPerKind: 34,
    slope: { from: -0.003, to: 0.003 },
    amplitude: { from: 0, to: 1 },
    noise: { from: 0.03, to: 0.5 },
    autocorrelation: { from: 0, to: 0.6 },
    tailDegrees: { from: 3, to: 10 },
    level: { from: 4, to: 20 },
    levelUnit: 'noise',
    direction: 'both',
    leastRelativeChange: 0,
  },
];

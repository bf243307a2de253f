import { type GeneratorOptions, referenceCorpus } from './generator-options.ts';
import { referenceKinds } from './seasonality.ts';

/**
 * What detectors are trained on unless series are given: the reference corpus with anomalies in both directions, a
 * broad part, and short calm series whose histories hold an anomaly. On the reference corpus alone (noise 0.05,
 * anomalies only upwards) a detector misses every drop and raises several times as many false alarms on noisy series;
 * without `weekend` and `profile` it follows real weeks badly; without the calm part it is thrown off by one odd day.
 */
export const trainingCorpus: readonly GeneratorOptions[] = [
  { ...referenceCorpus, seriesPerKind: 40, direction: 'both' },
  {
    ...referenceCorpus,
    // Two shapes are named twice: they have the most variety to learn.
    kinds: [...referenceKinds, 'weekend', 'profile', 'weekend', 'profile'],
    seriesPerKind: 30,
    slope: { from: -0.003, to: 0.003 },
    amplitude: { from: 0, to: 1 },
    noise: { from: 0.03, to: 0.5 },
    autocorrelation: { from: 0, to: 0.6 },
    tailDegrees: { from: 4, to: 30 },
    level: { from: 4, to: 20 },
    levelUnit: 'noise',
    direction: 'both',
    leastRelativeChange: 0,
  },
  {
    ...referenceCorpus,
    kinds: ['constant'],
    seriesPerKind: 300,
    windows: 70,
    slope: { from: 0, to: 0 },
    noise: { from: 1e-5, to: 0.03 },
    duration: { from: 1, to: 4 },
    direction: 'both',
    leastRelativeChange: 0,
  },
];

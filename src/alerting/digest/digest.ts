import type { EpochMs } from '../../domain/identifiers.ts';
import type { Model } from '../../domain/model.ts';
import type { Report } from '../../domain/report.ts';
import type { DigestQuestion } from './digest-learning.ts';
import type { Noise } from './noise.ts';

/** One week of one channel, as people read it on the first morning of the next. */
export interface Digest {
  readonly zone: string;
  /** The channel of the models, where it is told in another one. */
  readonly elsewhere?: string;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly models: readonly DigestModel[];
  /** The noisiest first. */
  readonly noisiest: readonly (Noise & { readonly model: Pick<Model, 'slug'> })[];
  readonly votes: { readonly cast: number; readonly real: number; readonly voters: number };
  /** What learning made of votes, in its own words; absent where nothing was learned in the week. */
  readonly learned?: string;
  /** That the detector decays, in words; absent where it holds up. */
  readonly alarm?: string;
  /** What a verdict is asked of, with the windows that it is about. */
  readonly questions: readonly (DigestQuestion & { readonly when: string })[];
  readonly detectorName: string;
}

export interface DigestModel {
  readonly model: Pick<Model, 'slug' | 'zone' | 'granularity'>;
  readonly open?: Report;
  readonly opened: readonly Report[];
  readonly resolved: readonly Report[];
  /** Windows that were judged in the week. */
  readonly judgedWindows: number;
  readonly isMuted: boolean;
}

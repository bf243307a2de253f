import type { Stores } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { guardStore } from '../guard-store.ts';
import { transaction } from '../transaction.ts';
import { createAuditStore } from './audit.ts';
import { createCalibrationStore } from './calibrations.ts';
import { createCorrectionStore } from './corrections.ts';
import { createDetectionStore } from './detections.ts';
import { createDetectorStore } from './detectors.ts';
import { createDigestPlanStore } from './digest-plans.ts';
import { createEventStore } from './events.ts';
import { createFormDraftStore } from './form-drafts.ts';
import { createInteractionStore } from './interactions.ts';
import { createLabelStore } from './labels.ts';
import { createLedgerStore } from './ledger.ts';
import { createLookStore } from './looks.ts';
import { createModelStore, type ModelStoreOptions } from './models.ts';
import { createMuteStore } from './mutes.ts';
import { createOutboxStore } from './outbox.ts';
import { createReportStore } from './reports.ts';
import { createRetentionStore } from './retention.ts';
import { createRunStore } from './runs.ts';
import { createSeriesMarkStore } from './series-marks.ts';
import { createStatisticsStore } from './statistics.ts';
import { createVoteStore } from './votes.ts';

export function createStores(client: Client, options: ModelStoreOptions = {}): Stores {
  const { forgetAll, ...detections } = createDetectionStore(client);
  return {
    transaction: (work) => transaction(client, work),
    models: guardStore('models', createModelStore(client, { ...options, onForgotten: forgetAll })),
    mutes: guardStore('mutes', createMuteStore(client)),
    events: guardStore('events', createEventStore(client)),
    statistics: guardStore('statistics', createStatisticsStore(client)),
    looks: guardStore('looks', createLookStore(client)),
    detections: guardStore('detections', detections),
    ledger: guardStore('ledger', createLedgerStore(client)),
    reports: guardStore('reports', createReportStore(client)),
    votes: guardStore('votes', createVoteStore(client)),
    calibrations: guardStore('calibrations', createCalibrationStore(client)),
    seriesMarks: guardStore('seriesMarks', createSeriesMarkStore(client)),
    labels: guardStore('labels', createLabelStore(client)),
    corrections: guardStore('corrections', createCorrectionStore(client)),
    detectors: guardStore('detectors', createDetectorStore(client)),
    retention: guardStore('retention', createRetentionStore(client, { onRemoved: forgetAll })),
    runs: guardStore('runs', createRunStore(client)),
    outbox: guardStore('outbox', createOutboxStore(client)),
    audit: guardStore('audit', createAuditStore(client)),
    formDrafts: guardStore('form drafts', createFormDraftStore(client)),
    digestPlans: guardStore('digest plans', createDigestPlanStore(client)),
    interactions: guardStore('interactions', createInteractionStore(client)),
  };
}

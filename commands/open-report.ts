import { DriftbellError } from '../src/domain/errors.ts';
import type { Model } from '../src/domain/model.ts';
import type { Report } from '../src/domain/report.ts';
import type { Stores } from '../src/ports/stores.ts';

/** The report that a person means: that of the thread when it is of the model, else the open one. Throws `report.unknown`. */
export function openReport(stores: Pick<Stores, 'reports'>, model: Model, ofThread: Report | undefined): Report {
  const report = ofThread?.modelId === model.id ? ofThread : stores.reports.open(model.id);
  if (report !== undefined) return report;
  throw new DriftbellError('report.unknown', {
    expected: `an open report on ${model.slug}`,
    received: 'none',
    remedy: `see the newest with \`/drift report ${model.slug}\``,
  });
}

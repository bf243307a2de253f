import { createPresses } from '../../commands/index.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { anomaly, finding } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';

/** A report of two findings, of age mean and plan mean below their baseline, and what people press. */
export function votedReport() {
  const database = memoryDatabase();
  const { stores } = database;
  const model = registeredModel(stores);
  const plan = finding({ worst: anomaly({ series: seriesKey({ column: 'plan' }) }) });
  const findings = [finding(), plan];
  const report = stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(30), findings });
  const clock = fakeClock();
  return {
    ...{ database, model, clock, reportId: report.id, ids: report.findings.map(({ id }) => id) },
    presses: createPresses(commandDeps(stores, { clock })),
  };
}

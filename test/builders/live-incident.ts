import { deliverDue, runAlerting } from '../../src/alerting/index.ts';
import type { Database } from '../../src/db/index.ts';
import type { Model, ModelSettings } from '../../src/domain/model.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { EMPTY_CONTEXT, findFindings, paperFilterSettings } from '../../src/postprocessing/index.ts';
import { plainRenderer, type RecordingChat, recordingChat, silentLogger } from '../doubles/recording-chat.ts';
import { day, days, detectionsOf, seriesKey } from './detections.ts';
import { fakeClock, memoryDatabase, registeredModel } from './stores.ts';

/** Values of series on consecutive days, by column; what is not 0 is anomalous. */
export type Columns = Readonly<Record<string, readonly number[]>>;

export interface Incident {
  readonly stores: Stores;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly chat: RecordingChat;
  readonly model: Model;
  /** Judges and delivers day by day, as the job does, from the day `from` on. */
  live(columns: Columns, from?: number): Promise<void>;
  /** The newest report. Throws where there is none. */
  newest(): Report;
  /** Makes columns known to the model. */
  watch(names: readonly string[]): void;
  /** Judges one day. */
  judge(columns: Columns, last: number): void;
  deliver(): Promise<void>;
  /** Texts that the thread was told, without what it keeps up to date. */
  notes(): string[];
  close(): void;
}

/** A registered model with real stores, the real steps behind detection, and a chat that keeps what it is given. */
export function liveIncident(settings: Partial<ModelSettings> = {}): Incident {
  const database: Database = memoryDatabase();
  const { stores } = database;
  const chat = recordingChat();
  const clock = fakeClock();
  const model = registeredModel(stores, settings);

  function judge(columns: Columns, last: number): void {
    const detections = Object.entries(columns).flatMap(([column, values]) => {
      const key = seriesKey(column === 'score' ? { column, role: 'score' } : { column });
      return detectionsOf(values.slice(0, last + 1), key);
    });
    const ofDay = detections.filter(({ window }) => window.startMs === day(last).startMs);
    stores.detections.replaceWindow(model.id, day(last), ofDay, 'test');
    const judged = { detections, windows: days(last + 1), context: EMPTY_CONTEXT, settings: paperFilterSettings };
    const { findings, held, isFiring } = findFindings(judged);
    const now = clock.now();
    runAlerting({ stores }, { model, window: day(last), findings, held, isFiring, isNewest: true, now });
  }

  function watch(names: readonly string[]): void {
    const known = stores.models.columns(model.id);
    const added = names.filter((name) => !known.some((column) => column.name === name));
    const columns = added.map((name) => ({ name, role: 'feature', kind: 'numeric' }) as const);
    if (columns.length > 0) stores.models.putColumns(model.id, [...known, ...columns], []);
  }

  async function deliver(): Promise<void> {
    await deliverDue({ stores, chat, charts: plainRenderer(), clock, logger: silentLogger() });
  }

  return {
    ...{ stores, clock, chat, model, judge, watch, deliver },
    async live(columns, from = 0) {
      watch(Object.keys(columns));
      const length = Math.max(...Object.values(columns).map((values) => values.length));
      for (let last = from; last < length; last += 1) {
        judge(columns, last);
        await deliver();
      }
    },
    newest() {
      const report = stores.reports.latest(model.id);
      if (report === undefined) throw new Error('expected a report');
      return report;
    },
    notes: () => chat.replies.filter(({ key }) => isNote(key)).map(({ message }) => message.text),
    close: () => database.close(),
  };
}

function isNote(key: string): boolean {
  return key.startsWith('note:') || key.startsWith('mute_ended:');
}

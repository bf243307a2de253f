import { describe, expect, it } from 'vitest';
import type { ReportId } from '../../src/domain/identifiers.ts';
import { plainMessage } from '../../src/messages/message.ts';
import { day } from '../builders/detections.ts';
import { AT, memoryStores, openBelow, registeredModel } from './memory-stores.ts';

const ALL = 100;
const note = { kind: 'note', message: plainMessage('`age` is back'), isBroadcast: true } as const;

function withReport(stores = memoryStores()) {
  const model = registeredModel(stores);
  const report = stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(0), findings: [] });
  const entry = { key: 'report:1:1', kind: 'report', reportId: report.id, revision: 1, at: AT } as const;
  return { outbox: stores.outbox, entry };
}

describe('the outbox', () => {
  it('gives what is due in the order it was added', () => {
    const { outbox, entry } = withReport();
    outbox.add(entry);
    outbox.add({ ...entry, key: 'note:1', ...note });
    outbox.add({ ...entry, key: 'later', at: AT + 1 });

    const { at: notBefore, ...rest } = entry;
    const first = { ...rest, attempts: 0, notBefore };
    expect(outbox.due(AT, ALL)).toEqual([first, { ...first, key: 'note:1', ...note }]);
    expect(outbox.due(AT, 1)).toEqual([first]);
    expect(outbox.due(AT - 1, ALL)).toEqual([]);
    expect(outbox.pending()).toBe(3);
  });

  it('keeps the first of two entries with one key', () => {
    const { outbox, entry } = withReport();
    outbox.add(entry);

    outbox.add({ ...entry, ...note, at: AT - 5 });

    expect(outbox.due(AT, ALL)).toMatchObject([{ kind: 'report', notBefore: AT }]);
  });

  it.each<[string, (outbox: ReturnType<typeof withReport>['outbox'], key: string) => void]>([
    ['sent', (outbox, key) => outbox.sent(key, AT)],
    ['given up', (outbox, key) => outbox.fail(key, AT, 'channel_not_found')],
  ])('never gives again what was %s, even when it is added again', (_case, finish) => {
    const { outbox, entry } = withReport();
    outbox.add(entry);

    finish(outbox, entry.key);
    outbox.add(entry);
    outbox.retry(entry.key, { notBefore: AT, error: 'too late', isSure: true });

    expect(outbox.due(AT + 1, ALL)).toEqual([]);
    expect(outbox.pending()).toBe(0);
  });

  it('counts attempts and waits after each that failed', () => {
    const { outbox, entry } = withReport();
    outbox.add(entry);

    outbox.retry(entry.key, { notBefore: AT + 30, error: 'timeout', isSure: true });
    outbox.retry(entry.key, { notBefore: AT + 60, error: 'timeout', isSure: true });

    expect(outbox.due(AT + 59, ALL)).toEqual([]);
    expect(outbox.due(AT + 60, ALL)).toMatchObject([{ attempts: 2, notBefore: AT + 60 }]);
    expect(outbox.pending()).toBe(1);
  });

  it('keeps the last error for people', () => {
    const { client, stores } = openBelow();
    const { outbox, entry } = withReport(stores);
    outbox.add(entry);

    outbox.fail(entry.key, AT, 'channel_not_found');

    const row = client.sqlite.prepare('select state, attempts, last_error, done_at from outbox').get();
    expect(row).toEqual({ state: 'failed', attempts: 1, last_error: 'channel_not_found', done_at: AT });
  });

  it('leaves what was sent as sent, whatever a slower worker says', () => {
    const { client, stores } = openBelow();
    const { outbox, entry } = withReport(stores);
    outbox.add(entry);
    outbox.sent(entry.key, AT);

    outbox.fail(entry.key, AT + 9, 'timeout');

    const row = client.sqlite.prepare('select state, attempts, last_error, done_at from outbox').get();
    expect(row).toEqual({ state: 'sent', attempts: 1, last_error: null, done_at: AT });
  });

  it('takes nothing of a report that does not exist', () => {
    const { outbox, entry } = withReport();

    expect(() => outbox.add({ ...entry, key: 'other', reportId: 99 as ReportId })).toThrow(/FOREIGN KEY/);
  });
});

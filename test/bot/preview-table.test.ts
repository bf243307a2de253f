import { afterEach, describe, expect, it } from 'vitest';
import { createFormPreview } from '../../src/bot/form-preview.ts';
import { createPreviewTable, type PreviewTable } from '../../src/bot/preview-table.ts';
import type { ModelSettings } from '../../src/domain/model.ts';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { model } from '../builders/reports.ts';
import { fakeClock } from '../builders/stores.ts';
import { objectsOf, runDriftbell } from '../cli/run-driftbell.ts';
import { silentLogger } from '../doubles/recording-chat.ts';
import { scoredFile } from './scored-file.ts';

const clock = createSystemClock();
const preview = createPreviewTable({ memoryLimit: '500MB', threads: 1, clock, logger: silentLogger() });
const never = new AbortController().signal;
let source: ReturnType<typeof scoredFile>;

afterEach(() => source?.remove());

function settingsOf(location: string): ModelSettings {
  const { id: _id, revision: _revision, registeredAt: _at, registeredBy: _by, ...settings } = model();
  return { ...settings, source: { location } };
}

describe('what the past of a table would have reported', () => {
  it('is counted as `driftbell replay` counts it, with the windows that could be judged', async () => {
    source = scoredFile();

    const told = await preview(settingsOf(source.location), never);

    const args = ['--source', source.location, '--time-column', 'scored_at', '--score-column', 'score', '--json'];
    const replayed = await runDriftbell(['replay', ...args], fakeClock(clock.now()));
    const reports = objectsOf(replayed).length;
    expect(told).toMatchObject({ reports, days: 64, windows: 64 });
    expect(reports).toBeGreaterThan(0);
    expect(told.judgedWindows).toBeGreaterThan(40);
    expect(told.judgedWindows).toBeLessThan(64);
  });

  it('knows of a short table that nothing of it could be judged', async () => {
    source = scoredFile(6);

    expect(await preview(settingsOf(source.location), never)).toMatchObject({
      ...{ reports: 0, days: 6, windows: 6, judgedWindows: 0 },
    });
  });
});

describe('a dialog that cannot count', () => {
  const picture = async () => ({ altText: 'no picture' });
  const reasonOf = async (previewTable: PreviewTable | undefined, slow = createSystemClock()) => {
    const told = await createFormPreview({ clock: slow, picture, previewTable })(settingsOf('/nowhere.csv'), never);
    return told.state === 'unknown' ? told.reason : told.state;
  };

  it('says why', async () => {
    expect(await reasonOf(undefined)).toContain('not counted here');
    expect(await reasonOf(preview)).toContain('What the past would have reported could not be counted: ');
  });

  it('gives up after a minute, and says where the number is to be had', async () => {
    const stopped: PreviewTable = (_settings, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });

    // Its clock jumps over the minute.
    expect(await reasonOf(stopped, fakeClock())).toContain('takes longer than a minute: `/drift backtest`');
  });
});

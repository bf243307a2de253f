import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSystemClock } from '../../src/platform/system-clock.ts';
import { runDriftbell } from './run-driftbell.ts';

describe('a database path that is mistyped', () => {
  const clock = createSystemClock();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'driftbell-absent-'));
    vi.stubEnv('DRIFTBELL_DATABASE', join(folder, 'nowhere', 'bot.sqlite'));
    vi.stubEnv('DRIFTBELL_LOG_LEVEL', 'silent');
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['export'],
    ['why', '--model', 'churn'],
    ['audit'],
    ['budget', '--model', 'churn'],
    ['backtest', '--model', 'churn'],
    ['labels', 'export'],
    ['calibrate', '--dry-run'],
    ['learn', '--dry-run'],
    ['event', '--model', 'churn', '--kind', 'note'],
    ['backfill', '--model', 'churn'],
    ['check', '--model', 'churn', '--dry-run'],
  ])('is told by %s %s, and nothing is made there', async (...args) => {
    const { code, out, err } = await runDriftbell(args, clock);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(
      /^driftbell: Expected a database file at .*bot\.sqlite, got no such file\. Name .* with DRIFTBELL_/,
    );
    expect(err).toMatch(/^[^\n]* \[config\.invalid\]\n$/);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('is no matter to a dry run of the first import, which makes nothing either; migrate makes it', async () => {
    const file = join(folder, 'models.yaml');
    writeFileSync(file, 'models: []\n');

    expect(await runDriftbell(['import', file, '--dry-run'], clock)).toMatchObject({
      code: 0,
      out: '0 new, 0 changed, 0 the same. Nothing was changed: this was a dry run.\n',
    });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);

    expect(await runDriftbell(['migrate'], clock)).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'nowhere', 'bot.sqlite'))).toBe(true);
  });
});

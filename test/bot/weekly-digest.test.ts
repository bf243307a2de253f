import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPresses, runCommand } from '../../commands/index.ts';
import { postDigest } from '../../src/alerting/index.ts';
import { feedbackActions } from '../../src/domain/feedback-action.ts';
import { type LearningReport, NOTHING_LEARNED } from '../../src/domain/learned-version.ts';
import { createLearning, type Learning } from '../../src/learner/create-learning.ts';
import { commandDeps } from '../builders/command-deps.ts';
import { day } from '../builders/detections.ts';
import { type Incident, liveIncident } from '../builders/live-incident.ts';
import { USER } from '../builders/reports.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

const CHANNEL = 'C0MODELS1';
const quality = { precision: 0.9, recall: 0.8, logLoss: 0.3 };
const report: LearningReport = {
  ...{ seed: 1, incidents: 9, windows: 30, effectiveLabels: 20, voters: 3, models: ['churn'], untilMs: 0 },
  ...{ votes: { before: { ...quality, precision: 0.7 }, after: quality }, gain: { low: 0.1, high: 0.2 } },
  ...{ base: { before: quality, after: quality }, quieter: 3, louder: 0, findings: 9, reasons: [] },
};
let incident: Incident;
let learning: Learning;

/** A detector that decides by its score, as those of the incident do. */
const manifest = {
  ...{ name: 'paper-1', configuration: 'paper' as const, historyWindows: 28, seed: 1, trainedOn: '', quality: [] },
  checksum: 'c1',
};

beforeEach(() => {
  incident = liveIncident();
  const { stores, clock } = incident;
  const detector = { ...stores.detectors.put(manifest, '', day(0).startMs), manifest };
  learning = createLearning({ stores, detector, clock, logger: silentLogger() });
});

afterEach(async () => {
  await learning.close();
  incident.close();
});

/** The digest of the Monday after the third week, as the channel gets it. */
async function posted() {
  const { stores, clock, chat } = incident;
  clock.set(day(25).startMs + 9 * 3_600_000);
  expect(postDigest({ stores, clock, learning: learning.digest }, CHANNEL)).toBe(true);
  await incident.deliver();
  const digest = chat.posts.map(({ message }) => message).find(({ text }) => text.startsWith('Week of'));
  if (digest === undefined) throw new Error('expected a digest');
  return digest;
}

function promoted(number: number): void {
  const { stores } = incident;
  const version = { correction: { ...NOTHING_LEARNED, labels: number }, report, madeAt: day(22).startMs };
  stores.corrections.add(learning.detector.id, { ...version, state: 'active', by: USER });
}

/** Age is a little out of its band for some days: nobody can be sure. */
const doubtful = { age: [...Array(20).fill(0), 1.3, 1.3, 1.3, 1.3] };

/** With the statistics that it was judged by, which questions are asked from. */
async function liveDoubtful(): Promise<void> {
  await incident.live(doubtful);
  const age = { segment: '', column: 'age', role: 'feature', rows: 9, problems: [] } as const;
  const rows = doubtful.age.map((mean, index) => ({ ...age, window: day(index), statistics: { mean } }));
  const windows = rows.map(({ window }) => window);
  incident.stores.statistics.replaceWindows(incident.model.id, windows, rows);
}

describe('what learning has to say in the weekly digest', () => {
  it('is the receipt of the version that was promoted in the week', async () => {
    promoted(1);

    expect((await posted()).text).toContain(
      'Version 1 of the detector is in force: 3 of the 9 findings of the last 90 days would now stay quiet; precision 0.70 → 0.90',
    );
  });

  it('says of a version that was taken back that it holds no longer', async () => {
    const { corrections } = incident.stores;
    promoted(1);
    promoted(2);
    const first = corrections.list(learning.detector.id).find(({ number }) => number === 1);
    if (first === undefined) throw new Error('expected version 1');
    corrections.activate(first.id, { by: USER, at: day(23).startMs, leaving: 'rolled_back' });

    const { text } = await posted();

    expect(text).toContain('Version 1 of the detector is in force');
    expect(text).not.toContain('Version 2');
  });

  it('is a question about a finding without a vote, which its thumbs answer', async () => {
    const { stores, clock } = incident;
    await liveDoubtful();
    const { id, findings } = incident.newest();

    const digest = await posted();

    expect(digest.text).toMatch(/❓ Was this real\? “churn” age mean above its band, 21–24 Jan 2026, report #1:/);
    const thumbs = digest.blocks.find((block) => block.type === 'feedback');
    expect(thumbs).toMatchObject({
      action: feedbackActions.findingVote,
      positive: { value: `real:${findings[0]?.id}` },
    });
    const presses = createPresses(commandDeps(stores, { clock, learning }));
    await presses.findingVote({ findingId: findings[0]?.id as never, user: USER, verdict: 'real' });
    expect(stores.votes.ofReport(id)).toMatchObject([{ by: USER, findingId: findings[0]?.id, verdict: 'real' }]);
    const again = await runCommand(commandDeps(stores, { clock, learning }), 'digest', {
      user: USER,
      channel: CHANNEL,
    });
    expect(again.message.text).not.toContain('❓');
  });

  it('is asked by /drift digest too', async () => {
    const { stores, clock } = incident;
    await liveDoubtful();
    clock.set(day(25).startMs);

    const shown = await runCommand(commandDeps(stores, { clock, learning }), 'digest', {
      user: USER,
      channel: CHANNEL,
    });

    expect(shown.message.text).toContain('❓ Was this real?');
  });
});

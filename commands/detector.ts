import { pictureBlocks } from '../src/alerting/index.ts';
import type { ChartPanel, ReliabilityChartRequest, SeriesChartRequest } from '../src/domain/chart-request.ts';
import { counted } from '../src/domain/counted.ts';
import { detectorVersion } from '../src/domain/detector.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import type { LearnedVersion } from '../src/domain/learned-version.ts';
import { type Window, windowAt } from '../src/domain/window.ts';
import {
  type DetectorHealth,
  detectorHealth,
  formatFigure,
  healthUntil,
  pin,
  rollback,
  unpin,
  versionBefore,
  versionChanges,
  type WeekOfVotes,
} from '../src/feedback/index.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { bold, type Inline, type Message, plainMessage, text } from '../src/messages/message.ts';
import { person } from './audit-words.ts';
import { authorise } from './authorise.ts';
import { type CommandDeps, defineCommand, type LearningDoor } from './command.ts';
import { refuseExtras } from './find-model.ts';

const USAGE = 'detector [rollback | pin | unpin] [number]';
const VERSIONS_SHOWN = 10;
const VERBS = ['rollback', 'pin', 'unpin'] as const;

interface DetectorInput {
  readonly verb?: (typeof VERBS)[number];
  readonly number?: number;
}

export const detector = defineCommand<DetectorInput>({
  name: 'detector',
  usage: USAGE,
  summary: 'Shows what the detector has learned from votes, version by version; goes back to one, or keeps one.',
  examples: ['detector', 'detector rollback', 'detector rollback 0', 'detector pin', 'detector unpin'],
  role: 'viewer',
  about: 'driftbell',
  parse: (args) => {
    refuseExtras(args, 2, [], USAGE);
    const [typed, number] = args.words;
    const verb = VERBS.find((one) => one === typed);
    if ((typed !== undefined && verb === undefined) || (number !== undefined && !/^\d{1,6}$/.test(number))) {
      throw new DriftbellError('usage.invalid', {
        expected: `\`/drift ${USAGE}\``,
        received: args.words.join(' ').slice(0, 40),
        remedy: 'leave it out to see the versions',
      });
    }
    return { ...(verb && { verb }), ...(number === undefined ? {} : { number: Number(number) }) };
  },
  run: async (deps, { verb, number }, { user }): Promise<Message> => {
    const learning = deps.learning;
    if (learning === undefined) return plainMessage('This Driftbell does not learn from votes.');
    if (verb === undefined) return versionsMessage(deps, learning);
    await authorise(deps, { user, action: `detector.${verb}`, need: 'admin' });
    const change = { ...deps, detector: learning.detector };
    const at = 'It holds from the next window that is judged.';
    if (verb === 'rollback') {
      if (number === undefined && isAsShipped(deps, learning)) return plainMessage(NOTHING_BEFORE);
      const { number: now } = rollback(change, { by: user, ...(number === undefined ? {} : { to: number }) });
      return plainMessage(
        `Version ${now} of the detector is in force${now === 0 ? ', as it was shipped' : ''}. ${at} New votes are learned from all the same; \`/drift detector pin\` keeps this version.`,
      );
    }
    if (verb === 'pin') {
      const { number: now } = pin(change, { by: user, ...(number === undefined ? {} : { number }) });
      return plainMessage(`Version ${now} of the detector is in force and stays so, whatever votes say. ${at}`);
    }
    const { number: now } = unpin(change, { by: user, ...(number === undefined ? {} : { number }) });
    return plainMessage(`Version ${now} is no longer pinned: tonight votes are learned from again.`);
  },
});

const NOTHING_BEFORE =
  'There is nothing to go back to: version 0 of the detector is in force, as it was shipped. `/drift detector` lists the versions, and `/drift detector rollback <number>` takes one of them.';

/** True where a version is in force before which there is none. */
function isAsShipped({ stores }: CommandDeps, { detector: { id } }: LearningDoor): boolean {
  return stores.corrections.inForce(id)?.version?.number === 0;
}

async function versionsMessage(deps: CommandDeps, { detector: stored }: LearningDoor): Promise<Message> {
  const { corrections } = deps.stores;
  const versions = corrections.list(stored.id);
  const found = corrections.inForce(stored.id);
  const name = detectorVersion(stored.manifest);
  const number = found?.version?.number ?? 0;
  const title = `Detector ${name}, ${number === 0 ? 'as it was shipped' : `version ${number} in force`}`;
  const damaged = corrections.damaged(stored.id);
  const now = deps.clock.now();
  const until = healthUntil(deps, now);
  const health = detectorHealth(deps, { now: until, isPast: until < now });
  const lines: Inline[] = versions
    .slice(0, VERSIONS_SHOWN)
    .map((version) => versionLine(version, versionChanges(versionBefore(versions, version), version.correction)));
  const shipped = stored.manifest.quality.map(
    ({ on, precision, recall }) => `${on}: precision ${formatFigure(precision)}, recall ${formatFigure(recall)}`,
  );
  const notes = [
    ...(versions.length === 0 ? ['Nothing was learned from votes so far.'] : []),
    ...damaged.map(
      (number) => `Version ${number} is damaged: its weights do not match their checksum, so it is not used.`,
    ),
    ...health.words,
  ];
  return {
    text: [`${title}.`, ...notes].join(' '),
    blocks: [
      { type: 'paragraph', content: [bold(title)] },
      { type: 'context', content: [text(`As shipped, measured on ${shipped.join('; ') || 'nothing'}.`)] },
      ...(lines.length === 0 ? [] : [{ type: 'list' as const, items: lines, overflowNote: 'versions' }]),
      { type: 'paragraph', content: [text(notes.join('\n'))] },
      ...(await healthPicture(deps, health)),
      ...(await reliabilityPicture(deps, health)),
    ],
  };
}

function versionLine(
  { number, state, isPinned, report, madeAt, by }: LearnedVersion,
  changes: readonly string[],
): Inline {
  const when = formatInstant(madeAt, 'UTC');
  const mark = isPinned ? ', pinned' : '';
  if (report === undefined) return [bold(`${number}`), text(` ${state.replace('_', ' ')}${mark} · as it was shipped`)];
  const { votes, windows, voters, quieter, louder, findings, reasons } = report;
  const quality = (['precision', 'recall'] as const)
    .map((figure) => `${figure} ${formatFigure(votes.before[figure])} → ${formatFigure(votes.after[figure])}`)
    .join(', ');
  const would = reasons.length > 0 ? `kept out: ${reasons.join('; ')}; it would have meant ` : '';
  const fewer =
    findings === 0
      ? 'no finding of the 90 days before to make quieter'
      : `${quieter} of ${counted(findings, 'finding')} of the 90 days before quieter`;
  const outcome = `${would}${fewer}, ${counted(louder, 'window')} louder`;
  const what = changes.length === 0 ? '' : ` · ${changes.join('; ')}`;
  const who = by === undefined || by === 'system' ? [] : [text(' · by '), ...person(by)];
  return [
    bold(`${number}`),
    text(` ${state.replace('_', ' ')}${mark} · ${when}`),
    ...who,
    text(
      ` · ${counted(windows, 'labelled window')} by ${counted(voters, 'person', 'people')}: ${quality} · ${outcome}${what}`,
    ),
  ];
}

/** Precision and vote rate by week; nothing where there is no label. */
async function healthPicture({ picture }: CommandDeps, { weeks }: DetectorHealth): Promise<Message['blocks']> {
  if (weeks.every(({ labels }) => labels === 0)) return [];
  const panel = (title: string, shareOf: (week: WeekOfVotes) => number | null): ChartPanel => ({
    title,
    unit: 'share',
    points: weeks.map((week) => ({
      window: windowOf(week),
      value: shareOf(week),
      ...{ baseline: null, lower: null, upper: null, isAnomaly: false },
    })),
  });
  const request: SeriesChartRequest = {
    kind: 'series',
    zone: 'UTC',
    panels: [
      panel('findings that are real, by votes', ({ precision }) => precision),
      panel('reports with votes', ({ reports, voted }) => (reports === 0 ? null : voted / reports)),
    ],
    markers: [],
  };
  return pictureBlocks(await picture(request, 'detector'));
}

/** With fewer findings that have a label every interval is as wide as the picture. */
const LEAST_CHARTED = 12;

/** What was said and what came true; nothing with few labels, of which the words tell. */
async function reliabilityPicture(
  { picture }: CommandDeps,
  { reliability }: DetectorHealth,
): Promise<Message['blocks']> {
  if (reliability.reduce((sum, { labels }) => sum + labels, 0) < LEAST_CHARTED) return [];
  const title = 'What it said, and what came true';
  const request: ReliabilityChartRequest = { kind: 'reliability', title, bins: reliability };
  return pictureBlocks(await picture(request, 'detector-reliability'));
}

const WEEK_MS = 7 * 86_400_000;

function windowOf({ fromMs }: WeekOfVotes): Window {
  const { key, startMs } = windowAt(fromMs, 'UTC', 'day');
  return { key, startMs, endMs: startMs + WEEK_MS };
}

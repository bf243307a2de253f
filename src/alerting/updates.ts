import type { StoredFinding } from '../domain/finding.ts';
import type { Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { reportActions } from '../domain/report-action.ts';
import type { Window } from '../domain/window.ts';
import { formatWindow, formatWindows } from '../messages/format-window.ts';
import { code, type Inline, type Message, text } from '../messages/message.ts';
import type { Note } from './enqueue.ts';
import { isWorse, outIn } from './extent.ts';
import { STABLE_WINDOWS } from './new-normal.ts';
import { countWindows, formatChange, formatValue, seriesWords } from './words.ts';

interface Development {
  readonly before: Report;
  readonly after: Report;
  readonly model: Pick<Model, 'zone' | 'granularity'>;
  readonly window: Window;
}

/** Series named in a note; the report has all of them. */
const NAMED = 3;

/**
 * What the thread is told about a window: that it is worse, recovers, is out again, is over, or may be the new normal. A
 * window like the one before says nothing: the message itself is up to date. Pure.
 */
export function updatesOf(development: Development): readonly Note[] {
  const { before, after, window } = development;
  const note = (kind: string, message: Message): Note => ({ key: `${kind}:${window.startMs}`, message });
  if (after.state === 'resolved') return [note('resolved', resolvedMessage(development))];
  const notes: Note[] = [];
  const isBroadcast = JSON.stringify(after.told) !== JSON.stringify(before.told);
  if (isBroadcast || isWorse(after.peak, before.peak)) {
    notes.push({ ...note('worse', worseMessage(development)), isBroadcast });
  } else if (after.state === 'recovering' && before.state !== 'recovering') {
    notes.push(note('recovering', recoveringMessage(development)));
  } else if (after.state !== 'recovering' && before.state === 'recovering') {
    notes.push(note('again', againMessage(development)));
  }
  if (after.normalAskedMs !== before.normalAskedMs) notes.push(note('new_normal', newNormalQuestion(development)));
  return notes;
}

function worseMessage({ before, after, model, window }: Development): Message {
  const out = outIn(after.findings, window);
  const known = new Set(before.findings.map(({ id }) => id));
  const joined = out.filter(({ id }) => !known.has(id));
  const added = joined.length === 0 ? [] : [text(' New: '), ...names(joined), text('.')];
  const furthest = out.toSorted((a, b) => b.severity - a.severity)[0];
  const counts = `${countSeries(after.outSeries)} out, ${before.peak.series} at the worst before.`;
  return messageOf([
    text(`⚠️ Worse on ${formatWindow(window, model.zone)}: ${counts}`),
    ...added,
    ...(furthest === undefined ? [] : [text(' Furthest: '), ...placeOf(furthest), text('.')]),
  ]);
}

function recoveringMessage({ after, model, window }: Development): Message {
  const on = formatWindow(window, model.zone);
  if (after.outSeries === 0) {
    return messageOf([text(`↘️ Recovering: nothing is out on ${on}. The report resolves if it stays so.`)]);
  }
  const still = `${after.outSeries} of ${after.peak.series} series ${after.outSeries === 1 ? 'is' : 'are'} still out`;
  return messageOf([text(`↘️ Recovering: ${still} on ${on}: `), ...names(outIn(after.findings, window)), text('.')]);
}

function againMessage({ after, model, window }: Development): Message {
  const counts = `${countSeries(after.outSeries)} out`;
  return messageOf([
    text(`↗️ Out again on ${formatWindow(window, model.zone)}: ${counts}: `),
    ...names(outIn(after.findings, window)),
    text('.'),
  ]);
}

const endingWords = {
  returned: '✅ Resolved: back where it was expected.',
  relearned: '✅ Closed: it never went back, and has lasted so long that it counts as usual now.',
  settled: '✅ Closed: this is the new normal.',
} as const;

function resolvedMessage({ after, model }: Development): Message {
  const lasted = `It was out ${formatWindows(firstWindow(after), after.latest, model.zone)}`;
  const worst = `at the worst ${after.peak.series === 1 ? 'one series was' : `${after.peak.series} series were`} out.`;
  return messageOf([text(`${endingWords[after.ending ?? 'returned']} ${lasted}; ${worst}`)]);
}

function newNormalQuestion({ after, model, window }: Development): Message {
  const out = outIn(after.findings, window);
  const content: Inline = [
    text(
      `❓ New normal? For ${countWindows(STABLE_WINDOWS, model.granularity)} everything that is out has stood still: `,
    ),
    ...(out.length === 1 ? out.flatMap(placeOf) : names(out)),
    text('. If it is right like this, say so; if not, nothing needs to be pressed.'),
  ];
  const { text: words, blocks } = messageOf(content);
  const action = {
    type: 'button',
    action: reportActions.newNormal,
    text: 'Yes, new normal',
    value: String(after.id),
    accessibilityLabel: 'What stays like this is right',
  } as const;
  return { text: words, blocks: [...blocks, { type: 'actions', actions: [action] }] };
}

/** `age mean at 512 (−29 %)`. */
function placeOf({ series, anomalies }: StoredFinding): Inline {
  const newest = anomalies.at(-1);
  if (newest === undefined) return [code(seriesWords(series))];
  const change = newest.forecast === undefined ? '' : ` (${formatChange(newest.value, newest.forecast, series)})`;
  return [code(seriesWords(series)), text(` at ${formatValue(newest.value, series)}${change}`)];
}

function names(findings: readonly StoredFinding[]): Inline {
  const named = findings.slice(0, NAMED).flatMap(({ series }, index) => {
    return [...(index === 0 ? [] : [text(', ')]), code(seriesWords(series))];
  });
  return findings.length > NAMED ? [...named, text(` +${findings.length - NAMED}`)] : named;
}

function countSeries(count: number): string {
  return count === 1 ? '1 series is' : `${count} series are`;
}

function firstWindow({ opened, findings }: Report): Window {
  return findings.reduce((first, { from }) => (from.startMs < first.startMs ? from : first), opened);
}

function messageOf(content: Inline): Message {
  const words = content.map((run) => (run.type === 'text' ? (run.style === 'code' ? `“${run.text}”` : run.text) : ''));
  return { text: words.join(''), blocks: [{ type: 'paragraph', content }] };
}

import { contextNames, type WindowEvidence } from '../../src/domain/correction.ts';
import type { FindingId, ReportId, UserId } from '../../src/domain/identifiers.ts';
import type { Label } from '../../src/domain/label.ts';
import type { Vote, VotedWindow } from '../../src/domain/vote.ts';
import { day, seriesKey } from './detections.ts';
import { NOW, USER } from './reports.ts';

export function seen(
  evidence: number,
  context: Partial<Record<(typeof contextNames)[number], number>> = {},
): WindowEvidence {
  return { evidence, context: contextNames.map((name) => context[name] ?? 0) };
}

export function label(overrides: Partial<Label> = {}): Label {
  return {
    model: 'churn',
    series: seriesKey(),
    window: day(30),
    isAbove: true,
    seen: seen(3),
    incident: 'report:1',
    verdict: 'not_useful',
    isMatterOfTaste: false,
    isBroad: true,
    weight: 1,
    by: [USER],
    at: NOW,
    ...overrides,
  };
}

export function votedWindow(overrides: Partial<VotedWindow> = {}): VotedWindow {
  return {
    findingId: 1 as FindingId,
    series: seriesKey(),
    window: day(30),
    isAbove: true,
    seen: seen(3),
    ...overrides,
  };
}

export function vote(by: string, overrides: Partial<Vote> = {}): Vote {
  return {
    reportId: 3 as ReportId,
    by: by as UserId,
    verdict: 'not_useful',
    reason: 'false_alarm',
    at: NOW,
    windows: [votedWindow()],
    ...overrides,
  };
}

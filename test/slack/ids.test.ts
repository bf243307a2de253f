import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportId } from '../../src/domain/identifiers.ts';
import { muteDurations, reportActions } from '../../src/domain/report-action.ts';
import { verdicts, voteReasons } from '../../src/domain/vote.ts';
import {
  actionIds,
  encodeChoice,
  encodeReport,
  parseMute,
  parseReason,
  parseReport,
  parseUndo,
  parseVerdict,
} from '../../src/slack/ids.ts';
import { verbs } from '../../src/slack/listeners/press.ts';

const reportId = fc.integer({ min: 1, max: 999_999_999_999_999 }).map((id) => id as ReportId);

describe('ids and values', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(
        reportId,
        fc.constantFrom(...verdicts),
        fc.constantFrom(...voteReasons),
        fc.constantFrom(...muteDurations),
        (id, verdict, reason, duration) => {
          expect(parseReport(encodeReport(id))).toBe(id);
          expect(parseVerdict(encodeChoice(verdict, id))).toEqual({ verdict, reportId: id });
          expect(parseReason(encodeChoice(reason, id))).toEqual({ reason, reportId: id });
          expect(parseMute(encodeChoice(duration, id))).toEqual({ duration, reportId: id });
        },
      ),
    );
  });

  it.each(['', '0', '-1', '1.5', '1e3', ' 7', '7 ', 'x', '1234567890123456'])('refuses %j as a report', (value) => {
    expect(() => parseReport(value)).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
  });

  it('name a report, or a finding of it, and the last mark that is undone', () => {
    fc.assert(
      fc.property(reportId, reportId, reportId, (report, finding, mark) => {
        expect(parseUndo(`${report}`)).toEqual({ reportId: report });
        expect(parseUndo(`${report}:${finding}`)).toEqual({ reportId: report, findingId: finding });
        expect(parseUndo(`${report}::${mark}`)).toEqual({ reportId: report, lastMark: mark });
        expect(parseUndo(`${report}:${finding}:${mark}`)).toEqual({
          reportId: report,
          findingId: finding,
          lastMark: mark,
        });
      }),
    );
  });

  it.each(['', ':', '7:', ':7', '7:0', '7:8:', '7::0', '7:8:9:1', 'x:7'])('refuses %j as what is undone', (value) => {
    expect(() => parseUndo(value)).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
  });

  it.each(['real', 'real:', 'real:0', 'Real:7', 'real:7:8', ':7', 'toString:7'])('refuses %j as a thumb', (value) => {
    expect(() => parseVerdict(value)).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
  });

  it('have the form surface.verb, and a door each', () => {
    for (const id of Object.values(actionIds)) {
      expect(id).toMatch(/^[a-z]+\.[a-z_]+$/);
      expect(verbs[id]).toBeTypeOf('function');
    }
  });

  it('are those that reports are made of', () => {
    expect(Object.values(actionIds)).toEqual(expect.arrayContaining(Object.values(reportActions)));
  });
});

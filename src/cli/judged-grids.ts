import { type HolidaySpan, markHolidays } from '../domain/holiday.ts';
import type { Granularity } from '../domain/model.ts';
import type { Detector } from '../ports/detector.ts';
import { type FileSeries, WINDOW_MS } from './series-files.ts';
import { type FileGrid, gridOf } from './series-grid.ts';

/** A grid with what a detector of our own asks for beside its values. */
export type JudgeableGrid = FileGrid & {
  readonly marks?: Uint8Array;
  readonly group?: string;
  readonly firstWindow?: number;
};

/** Series that share a file begin together where the detector compares them. */
export function judgeableGrids(
  files: readonly FileSeries[],
  granularity: Granularity,
  { holidays, detector }: { readonly holidays: readonly HolidaySpan[]; readonly detector: Detector },
): readonly JudgeableGrid[] {
  const isCompared = detector.manifest.judging?.removesCommonMode === true;
  const firstOfGroup = new Map<string, number>();
  for (const { sharedFile, points } of isCompared ? files : []) {
    const startMs = points[0]?.startMs;
    if (sharedFile === undefined || startMs === undefined) continue;
    firstOfGroup.set(sharedFile, Math.min(startMs, firstOfGroup.get(sharedFile) ?? startMs));
  }
  return files.map((file) => {
    const group = file.sharedFile;
    const groupMs = group === undefined ? undefined : firstOfGroup.get(group);
    const firstMs = groupMs ?? file.points[0]?.startMs ?? 0;
    const grid = gridOf(file, granularity, firstMs);
    const starts = Float64Array.from(grid.values, (_, place) => firstMs + place * WINDOW_MS[granularity]);
    return {
      ...grid,
      firstWindow: Math.floor(firstMs / WINDOW_MS[granularity]),
      ...(holidays.length > 0 && { marks: markHolidays(holidays, starts) }),
      ...(group !== undefined && groupMs !== undefined && { group }),
    };
  });
}

import { describe, expect, it } from 'vitest';
import { hatch, placeMarkers } from '../../charts/specs/markers.ts';

const domain = { startMs: 0, endMs: 1000, windowMs: 10 };
const room = { plotWidthPx: 500, rightPx: 100 };

function place(...markers: readonly (readonly [startMs: number, endMs: number, text: string])[]) {
  return placeMarkers(
    markers.map(([startMs, endMs, text]) => ({ startMs, endMs, text })),
    domain,
    room,
  );
}

describe('declared events', () => {
  it('outside the time shown are left out, across its edge are cut', () => {
    const placed = place([-500, -100, 'before'], [-100, 200, 'across'], [1000, 1200, 'after']);

    expect(placed.map(({ startPx, endPx }) => [startPx, endPx])).toEqual([[0, 100]]);
  });

  it('of a moment are a line', () => {
    const [moment] = place([400, 400, 'deploy']);

    expect(moment).toMatchObject({ startPx: 200, endPx: 200 });
    expect(hatch({ startPx: 200, endPx: 200 }, 100)).toEqual([]);
  });

  it('near the right edge have their word on the left', () => {
    const [late] = place([990, 1000, 'a longer word for this']);

    expect(late?.label).toMatchObject({ align: 'right' });
  });

  it('close to each other take the next row, and say nothing when no row is left', () => {
    const placed = place([100, 100, 'deploy one'], [110, 110, 'deploy two'], [120, 120, 'deploy three']);

    expect(placed.map((marker) => marker.label?.row)).toEqual([0, 1, undefined]);
  });

  it('are hatched within their edges', () => {
    const lines = hatch({ startPx: 20, endPx: 60 }, 100);

    expect(lines.length).toBeGreaterThan(5);
    for (const { x1, x2, y1, y2 } of lines) {
      expect(Math.min(x1, x2)).toBeGreaterThanOrEqual(20);
      expect(Math.max(x1, x2)).toBeLessThanOrEqual(60);
      expect(Math.min(y1, y2)).toBeGreaterThanOrEqual(0);
      expect(Math.max(y1, y2)).toBeLessThanOrEqual(100);
    }
  });
});

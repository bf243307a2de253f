import { colours, dashes, fontSizes, opacities, strokes } from '../theme.ts';
import { inPx, type Layer, word } from './layer.ts';
import { MARKER_ROW_PX } from './layout.ts';
import { hatch, type PlacedMarker } from './markers.ts';
import type { PanelNeeds } from './panel-needs.ts';

/** Declared events: hatched bands on every panel, their words above the first. */
export function eventLayers({ markers, layout, isFirst }: PanelNeeds): Layer[] {
  if (markers.length === 0) return [];
  const top = isFirst ? -layout.markerStripPx : 0;
  const edges = markers.flatMap(({ startPx, endPx, label }) => {
    // The left edge reaches up to its word; the right one ends with the plot.
    const y = isFirst && label !== undefined ? top + label.row * MARKER_ROW_PX : 0;
    return [{ x: startPx, y }, ...(endPx > startPx ? [{ x: endPx, y: 0 }] : [])];
  });
  return [
    {
      data: { values: markers.map(({ startPx, endPx }) => ({ x: startPx, x2: endPx })) },
      mark: { type: 'rect', color: colours.event, fillOpacity: opacities.eventFill },
      encoding: { x: inPx('x'), x2: { field: 'x2' }, y: { value: 0 }, y2: { value: layout.plotHeightPx } },
    },
    {
      data: { values: markers.flatMap((marker) => hatch(marker, layout.plotHeightPx)) },
      mark: { type: 'rule', color: colours.event, strokeOpacity: opacities.hatch, strokeWidth: strokes.grid },
      encoding: { x: inPx('x1'), x2: { field: 'x2' }, y: inPx('y1'), y2: { field: 'y2' } },
    },
    {
      data: { values: edges },
      mark: { type: 'rule', color: colours.event, strokeWidth: strokes.event, strokeDash: [...dashes.event] },
      encoding: { x: inPx('x'), y: inPx('y'), y2: { value: layout.plotHeightPx } },
    },
    ...(isFirst ? eventWords(markers, top) : []),
  ];
}

function eventWords(markers: readonly PlacedMarker[], topPx: number): Layer[] {
  return markers.flatMap(({ label }) =>
    label === undefined
      ? []
      : [
          word(label.text, label.xPx, topPx + label.row * MARKER_ROW_PX, {
            align: label.align,
            baseline: 'top',
            fontSize: fontSizes.small,
            color: colours.eventText,
          }),
        ],
  );
}

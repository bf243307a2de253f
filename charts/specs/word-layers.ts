import { zoneAbbreviation } from '../../src/messages/format-window.ts';
import { colours, fontSizes, fontWeights, MARGIN_PX, WIDTH_PX } from '../theme.ts';
import { endLabels } from './end-labels.ts';
import { type Layer, word } from './layer.ts';
import { HEADING_GAP_PX, LABEL_GAP_PX } from './layout.ts';
import type { PanelNeeds } from './panel-needs.ts';
import { isHourly } from './time-axis.ts';

const NO_DATA_TEXT = 'no data';

/** Heading, labels at the end of the lines, the zone of hours. */
export function wordLayers(needs: PanelNeeds): Layer[] {
  const { layout, panel, axis, isFirst, isLast, domain, zone } = needs;
  const headingY = -HEADING_GAP_PX - (isFirst ? layout.markerStripPx : 0);
  const labels = endLabels(panel, axis, { heightPx: layout.plotHeightPx, isBandNamed: needs.isBandNamed });
  return [
    word(needs.heading, MARGIN_PX - layout.padding.left, headingY, {
      baseline: 'alphabetic',
      fontSize: fontSizes.heading,
      fontWeight: fontWeights.strong,
      color: colours.heading,
      limit: WIDTH_PX - 2 * MARGIN_PX,
    }),
    ...labels.map((label) =>
      word(label.text, layout.plotWidthPx + LABEL_GAP_PX, label.yPx, {
        baseline: 'middle',
        fontSize: label.isStrong ? fontSizes.label : fontSizes.small,
        fontWeight: label.isStrong ? fontWeights.strong : fontWeights.regular,
        color: label.colour,
        limit: layout.padding.right - LABEL_GAP_PX,
      }),
    ),
    ...(axis.ticks.length === 0
      ? [
          word(NO_DATA_TEXT, layout.plotWidthPx / 2, layout.plotHeightPx / 2, {
            align: 'center',
            baseline: 'middle',
            fontSize: fontSizes.label,
            color: colours.tick,
          }),
        ]
      : []),
    ...(isLast && isHourly(domain)
      ? [
          word(
            zoneAbbreviation(domain.endMs, zone),
            layout.plotWidthPx + layout.padding.right - MARGIN_PX,
            layout.plotHeightPx + LABEL_GAP_PX,
            { align: 'right', baseline: 'top', fontSize: fontSizes.small, color: colours.tick },
          ),
        ]
      : []),
  ];
}

import type { TopLevelSpec } from 'vega-lite';
import { colours, fontSizes, fontWeights, MARGIN_PX, vegaConfig, WIDTH_PX } from '../../../../charts/theme.ts';

/** Okabe-Ito, in an order that keeps neighbours apart; the first is that of what a picture is about. */
export const palette = ['#b93a00', '#123e7c', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#6b7280', '#111827'];

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';
const AXIS_TITLE_PADDING = 12;

/** A plot in the look of the reports, with titles on the axes and a legend. */
export function chartFrame(title: string, heightPx: number, plot: object): TopLevelSpec {
  return {
    $schema: SCHEMA,
    width: WIDTH_PX,
    height: heightPx,
    padding: MARGIN_PX,
    background: colours.background,
    title: {
      text: title,
      anchor: 'start',
      color: colours.heading,
      fontSize: fontSizes.heading,
      fontWeight: fontWeights.strong,
      offset: AXIS_TITLE_PADDING,
    },
    config: {
      ...vegaConfig,
      axis: {
        ...vegaConfig.axis,
        titleColor: colours.tick,
        titleFontSize: fontSizes.small,
        titleFontWeight: fontWeights.regular,
        titlePadding: AXIS_TITLE_PADDING,
      },
      legend: {
        labelFontSize: fontSizes.small,
        labelColor: colours.tick,
        labelLimit: WIDTH_PX / 2,
        orient: 'bottom',
        columns: 2,
        title: null,
        symbolSize: 160,
      },
    },
    ...plot,
  } as TopLevelSpec;
}

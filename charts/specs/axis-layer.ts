import { inTime, inValue, type Layer } from './layer.ts';
import type { PanelNeeds } from './panel-needs.ts';

/** Draws nothing and owns both axes, so that they are there even when no value is. */
export function axisLayer({ axis, domain, ticks, isLast }: PanelNeeds): Layer {
  const timeAxis = {
    values: ticks.map((tick) => tick.atMs),
    labelExpr: lookUp(ticks.map((tick) => [tick.atMs, tick.lines])),
    labels: isLast,
    ticks: isLast,
  };
  const valueAxis = {
    values: axis.ticks.map((tick) => tick.value),
    labelExpr: lookUp(axis.ticks.map((tick) => [tick.value, tick.label])),
  };
  return {
    data: { values: [] },
    mark: 'rule',
    encoding: { x: { ...inTime(domain), axis: timeAxis }, y: { ...inValue('value', axis), axis: valueAxis } },
  };
}

/** A vega expression that finds the finished label of a tick; both tables are ours and hold no text of others. */
function lookUp(rows: readonly (readonly [number, unknown])[]): string {
  const keys = JSON.stringify(rows.map(([key]) => key));
  return `${JSON.stringify(rows.map(([, label]) => label))}[indexof(${keys}, datum.value)]`;
}

import { compile } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { seriesSpec } from '../../charts/specs/series.ts';
import { checkRequest } from '../../charts/specs/spec.ts';
import { expectGolden } from '../golden.ts';
import { panel, request, requests } from './requests.ts';

describe('the specification of a series chart', () => {
  it.each(Object.entries(requests))('of %s is as agreed', (name, chart) => {
    expectGolden(`charts/${name}.json`, seriesSpec(chart));
  });

  it.each(Object.entries(requests))('of %s compiles without a warning', (_, chart) => {
    const warnings: unknown[] = [];
    const note = (...message: unknown[]) => {
      warnings.push(message);
      return logger;
    };
    const logger = { level: () => logger, warn: note, error: note, info: () => logger, debug: () => logger };

    compile(seriesSpec(chart), { logger: logger as never });

    expect(warnings).toEqual([]);
  });

  it('has the same size whatever the data are', () => {
    const size = (value: number) => {
      const { padding, params } = seriesSpec(request([panel({ value: () => value })]));
      return { padding, params };
    };

    expect(size(101)).toEqual(size(99));
  });

  it.each([0, 7])('refuses %i panels with a reason', (count) => {
    const chart = request(Array.from({ length: count }, () => panel()));

    expect(() => checkRequest(chart)).toThrow(`Expected 1 to 6 panels, got ${count}.`);
  });

  it('names the band once, in the first panel whose newest window has one', () => {
    const text = JSON.stringify(seriesSpec(request([panel({ band: () => null }), panel(), panel()])));

    expect(text.match(/"expected"/g)).toHaveLength(1);
  });
});

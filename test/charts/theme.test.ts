import { describe, expect, it } from 'vitest';
import { colours, fontSizes, WIDTH_PX } from '../../charts/theme.ts';

/** Width of a picture in Slack on a phone, in CSS px. */
const PHONE_PX = 360;
/** Smaller letters cannot be read at arm's length. */
const SMALLEST_LETTER_PX = 10;
/** WCAG 2.2: 1.4.3 for text of normal size, 1.4.11 for what carries meaning. */
const TEXT_CONTRAST = 4.5;
const MARK_CONTRAST = 3;
/** Below about 2.3 a difference in CIELAB is not noticed; five times that is seen at a glance. */
const SEEN_AT_A_GLANCE = 12;

type Linear = readonly [red: number, green: number, blue: number];
type Matrix = readonly [Linear, Linear, Linear];

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. */
const PROTANOPIA: Matrix = [
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
];
const DEUTERANOPIA: Matrix = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
];
const TRITANOPIA: Matrix = [
  [1.255528, -0.076749, -0.178779],
  [-0.078411, 0.930809, 0.147602],
  [0.004733, 0.691367, 0.3039],
];
/** What a print without colours keeps: the luminance of sRGB. */
const LUMINANCE: Linear = [0.2126, 0.7152, 0.0722];
const GREY: Matrix = [LUMINANCE, LUMINANCE, LUMINANCE];
const SEEN: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

const eyes = { usual: SEEN, protanopia: PROTANOPIA, deuteranopia: DEUTERANOPIA, tritanopia: TRITANOPIA, grey: GREY };

function linear(hex: string): Linear {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function seenBy(eye: Matrix, [red, green, blue]: Linear): Linear {
  const row = ([r, g, b]: Linear): number => Math.min(1, Math.max(0, r * red + g * green + b * blue));
  return [row(eye[0]), row(eye[1]), row(eye[2])];
}

function contrast(one: string, other: string): number {
  const luminance = (hex: string): number =>
    linear(hex).reduce((sum, value, at) => sum + value * (LUMINANCE[at] ?? 0), 0);
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** CIELAB under D65, and the distance of 1976. */
function lab([red, green, blue]: Linear): Linear {
  const curve = (value: number): number =>
    value > (6 / 29) ** 3 ? Math.cbrt(value) : value / (3 * (6 / 29) ** 2) + 4 / 29;
  const x = curve((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = curve(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const z = curve((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function distance(one: string, other: string, eye: Matrix): number {
  const [a, b] = [one, other].map((hex) => lab(seenBy(eye, linear(hex))));
  return Math.hypot(...(a ?? []).map((value, at) => value - (b?.[at] ?? 0)));
}

describe('the theme', () => {
  it.each(['heading', 'tick', 'expected', 'anomaly', 'line', 'eventText'] as const)(
    'has letters in %s that can be read',
    (name) => {
      expect(contrast(colours[name], colours.background)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    },
  );

  it.each(['line', 'anomaly', 'baseline', 'event'] as const)('has %s that stands out from the ground', (name) => {
    expect(contrast(colours[name], colours.background)).toBeGreaterThanOrEqual(MARK_CONTRAST);
  });

  it.each(['line', 'anomaly'] as const)('has %s that stands out from the band', (name) => {
    expect(contrast(colours[name], colours.band)).toBeGreaterThanOrEqual(MARK_CONTRAST);
  });

  it.each(Object.entries(eyes))('keeps what means different things apart for eyes with %s', (_, eye) => {
    const pairs = [
      [colours.line, colours.anomaly],
      [colours.line, colours.band],
      [colours.anomaly, colours.band],
      [colours.bandEdge, colours.background],
    ] as const;

    const distances = pairs.map(([one, other]) => distance(one, other, eye));

    expect(Math.min(...distances)).toBeGreaterThanOrEqual(SEEN_AT_A_GLANCE);
  });

  it('has letters that a phone shows large enough', () => {
    for (const size of Object.values(fontSizes)) {
      expect((size * PHONE_PX) / WIDTH_PX).toBeGreaterThanOrEqual(SMALLEST_LETTER_PX);
    }
  });
});

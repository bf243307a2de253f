import type { Random } from '../ports/random.ts';

/**
 * A small seeded generator: xoshiro128** (Blackman and Vigna, 2018) over four 32-bit words, filled from the seed by
 * a splitmix32 step so that neighbouring seeds give unrelated streams. Normal numbers by the Box-Muller transform.
 *
 * next = rotl(s1 * 5, 7) * 9
 *
 * Period 2^128 - 1. Uniform numbers have 53 random bits. Edge cases: any finite seed is taken modulo 2^32; the state
 * cannot be all zero because splitmix32 is a bijection stepped four times.
 */
export function createSeededRandom(seed: number): Random {
  const state = fillState(seed);
  let spare: number | undefined;

  function uniform(): number {
    // 27 + 26 bits fill the mantissa of a double.
    const high = nextWord(state) >>> 5;
    const low = nextWord(state) >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  function normal(): number {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    // 1 - uniform is in (0, 1], so the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  return {
    uniform,
    normal,
    integer: (from, to) => from + Math.floor(uniform() * (to - from + 1)),
  };
}

const SPLITMIX_STEP = 0x9e3779b9;

function fillState(seed: number): Uint32Array {
  const words = new Uint32Array(4);
  let counter = seed >>> 0;
  for (let index = 0; index < words.length; index += 1) {
    counter = (counter + SPLITMIX_STEP) >>> 0;
    let mixed = counter;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    words[index] = mixed ^ (mixed >>> 16);
  }
  return words;
}

function nextWord(state: Uint32Array): number {
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = state;
  const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
  const third = s2 ^ s0;
  const fourth = s3 ^ s1;
  state[1] = s1 ^ third;
  state[0] = s0 ^ fourth;
  state[2] = third ^ (s1 << 9);
  state[3] = rotateLeft(fourth, 11);
  return result;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

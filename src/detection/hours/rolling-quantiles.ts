/** Sorted numbers that come and go; for the few hundred windows of a history, moving them in place is the fastest. */
export interface RollingQuantiles {
  readonly size: () => number;
  add(value: number): void;
  /** Does nothing for a value that was never added. */
  remove(value: number): void;
  clear(): void;
  /** By linear interpolation between order statistics; NaN while there is none. */
  quantile(share: number): number;
  /** Of absolute values; 0 while there is none. */
  largest(): number;
}

export function createRollingQuantiles(capacity: number): RollingQuantiles {
  const sorted = new Float64Array(capacity + 1);
  let size = 0;

  /** Of the first value that is not below. */
  function placeOf(value: number): number {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    size: () => size,
    add(value) {
      const place = placeOf(value);
      sorted.copyWithin(place + 1, place, size);
      sorted[place] = value;
      size += 1;
    },
    remove(value) {
      const place = placeOf(value);
      if (place >= size || sorted[place] !== value) return;
      sorted.copyWithin(place, place + 1, size);
      size -= 1;
    },
    clear() {
      size = 0;
    },
    quantile(share) {
      if (size === 0) return Number.NaN;
      const at = share * (size - 1);
      const below = sorted[Math.floor(at)] ?? 0;
      return below + ((sorted[Math.ceil(at)] ?? 0) - below) * (at - Math.floor(at));
    },
    largest: () => (size === 0 ? 0 : Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted[size - 1] ?? 0))),
  };
}

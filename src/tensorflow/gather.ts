/** Rows of a row-major matrix, in the given order. */
export function gatherRows(matrix: Float32Array, rows: Uint32Array, width: number): Float32Array {
  const gathered = new Float32Array(rows.length * width);
  rows.forEach((row, index) => {
    gathered.set(matrix.subarray(row * width, (row + 1) * width), index * width);
  });
  return gathered;
}

export function gatherFloats(values: Float32Array, rows: Uint32Array): Float32Array {
  return Float32Array.from(rows, (row) => values[row] ?? 0);
}

/**
 * Binary cross-entropy of a batch of logits and its gradient.
 *
 * p = sigmoid(z); L = (1 / n) sum (log(1 + exp(z)) - y z); dL/dz = (p - y) / n
 *
 * y: labels 0 or 1. Source: AlerTiger, section 3.3; no class weights, as in the released code. The logarithm is written
 * max(z, 0) - y z + log(1 + exp(-abs(z))), which never overflows. Edge cases: no rows give a loss of 0.
 */
export function classifierGradient(
  logits: Float32Array,
  labels: Uint8Array,
): { readonly loss: number; readonly logits: Float32Array } {
  const count = logits.length;
  const gradient = new Float32Array(count);
  let loss = 0;
  for (let row = 0; row < count; row += 1) {
    const logit = logits[row] ?? 0;
    const label = labels[row] ?? 0;
    loss += (Math.max(logit, 0) - label * logit + Math.log1p(Math.exp(-Math.abs(logit)))) / count;
    gradient[row] = (sigmoid(logit) - label) / count;
  }
  return { loss, logits: gradient };
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

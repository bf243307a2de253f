import { describe, expect, it } from 'vitest';
import { counted } from '../../src/domain/counted.ts';

describe('a count with its noun', () => {
  it.each([
    [counted(0, 'row'), '0 rows'],
    [counted(1, 'row'), '1 row'],
    [counted(1_204, 'row'), '1,204 rows'],
    [counted(1, 'anomaly', 'anomalies'), '1 anomaly'],
    [counted(2, 'anomaly', 'anomalies'), '2 anomalies'],
    [counted(1, 'model is', 'models are'), '1 model is'],
  ])('%s', (said, expected) => {
    expect(said).toBe(expected);
  });
});

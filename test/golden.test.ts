import { describe, expect, it } from 'vitest';
import { isUpdatingGolden } from './golden.ts';

describe('golden files', () => {
  it('are compared, not rewritten, unless a person asks for it', () => {
    expect(isUpdatingGolden && process.env.CI === 'true', 'unset UPDATE_GOLDEN in CI').toBe(false);
  });
});

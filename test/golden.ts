import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

/** Golden files are rewritten only by `UPDATE_GOLDEN=1 npx vitest run`; a test of its own sees that CI never does. */
export const isUpdatingGolden = process.env.UPDATE_GOLDEN === '1';

/** Compares a deterministic artefact with its file under test/golden. */
export function expectGolden(name: string, artefact: unknown): void {
  const path = join(import.meta.dirname, 'golden', name);
  const written = typeof artefact === 'string' ? artefact : `${JSON.stringify(artefact, null, 2)}\n`;
  if (isUpdatingGolden) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, written);
  }
  expect(written, `differs from test/golden/${name}; if the change is meant, run with UPDATE_GOLDEN=1`).toBe(
    readFileSync(path, 'utf8'),
  );
}

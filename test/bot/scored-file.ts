import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2025, 8, 1);
/** In UTC; from this day on `age` is three times what it was. */
const FAULT_DAY = 56;
const DAYS = 64;
const ROWS = 20;

/** A file of scored requests: 64 days of 20 rows, or the first of them, calm until the age is given in other units. */
export function scoredFile(days = DAYS): { readonly location: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-scored-'));
  const location = join(folder, 'scored.jsonl');
  const lines: string[] = [];
  for (let day = 0; day < days; day += 1) {
    for (let row = 0; row < ROWS; row += 1) {
      const scored_at = new Date(FIRST_DAY + day * DAY_MS + row * 3_600_000).toISOString();
      const age = (30 + ((row * 7 + day * 3) % 11)) * (day < FAULT_DAY ? 1 : 3);
      const plan = ['basic', 'basic', 'plus', 'pro'][(row + day) % 4];
      const score = (((row * 13 + day) % 40) + 30) / 100;
      lines.push(JSON.stringify({ scored_at, user_id: `u${day * ROWS + row}`, age, plan, score }));
    }
  }
  writeFileSync(location, `${lines.join('\n')}\n`);
  return { location, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

import { describe, expect, it } from 'vitest';
import { parseSeriesTime } from '../../src/cli/series-time.ts';
import { withConnection } from '../../src/engines/duckdb/connection.ts';
import { instantSql } from '../../src/engines/duckdb/sql/instant.ts';

/** What the time column of a source may hold. */
const READ = [
  ...['2026-03-01', '2026-3-1', '2026/03/01', '2026/3/1', '20260301', '20260301.0'],
  ...['2026-03-01T05:00', '2026-03-01 05:00', '2026-03-01 5:00', '2026-03-01  05:00', '2026-3-1 5:7:9'],
  ...['2026-03-01 05:00:07', '2026-03-01 05:00:07.123', '2026-03-01 05:00:07.123456789', '2026/03/01 05:00:07Z'],
  ...['2026-03-01T05:00:07+02', '2026-03-01 05:00:07+0200', '2026-03-01 05:00:07-03:30', '2026-03-01 05:00:07 UTC'],
  ...['2026-03-01 05:00:07 GMT', '2026-03-01 05:00:07 CET', '2026-07-01 05:00:07 Europe/Berlin'],
  ...['1772334245', '1772334245.123', '1772334245123', '1772334245123000', '1772334245123000000'],
];
/** What it may not. */
const REFUSED = [
  ...['2026-02-30', '2026-13-01', '20261301', '2026.03.01', '03/01/2026', '01.03.2026', '2026-03', '2026/03-01'],
  ...['2026', '46000.5', '123456789', '202603010500', '20260301050000', '-1772334245', '1.77e9'],
  ...['2026-03-01 25:00', '2026-03-01 05:60', '2026-03-01 05:00 PM', '2026-03-01 05:00:07 Mars/Olympus', 'now'],
];

/** The instants that a source of these texts has. */
async function ofSource(texts: readonly string[]): Promise<readonly (number | undefined)[]> {
  const rows = texts.map((text, place) => `(${place}, '${text}')`).join(', ');
  const sql = `SELECT ${instantSql('t', 'text', 'UTC')} AS us FROM (VALUES ${rows}) AS texts(place, t) ORDER BY place`;
  const read = await withConnection({ threads: 1 }, undefined, (query) => query(sql));
  return read.map(({ us }) => (us === null ? undefined : Math.floor(Number(us) / 1_000)));
}

describe('the time of a row of a series', () => {
  it('is read in every spelling that sources are read in, as the same instant', async () => {
    const ofSeries = READ.map((text) => parseSeriesTime(text)?.instantMs);

    expect(ofSeries).not.toContain(undefined);
    expect(ofSeries).toEqual(await ofSource(READ));
  });

  it('is refused where that of a source is', async () => {
    const refused = REFUSED.map(() => undefined);

    expect(REFUSED.map(parseSeriesTime)).toEqual(refused);
    expect(await ofSource(REFUSED)).toEqual(refused);
  });

  it('tells the day that is written beside the instant', () => {
    const [late, early] = ['2026-03-01T23:30+02:00[Europe/Berlin]', '2026-03-01 00:30 Asia/Tokyo'].map(parseSeriesTime);

    expect(late).toEqual({ instantMs: Date.UTC(2026, 2, 1, 21, 30), wallClockMs: Date.UTC(2026, 2, 1, 23, 30) });
    expect(early).toEqual({ instantMs: Date.UTC(2026, 1, 28, 15, 30), wallClockMs: Date.UTC(2026, 2, 1, 0, 30) });
  });
});

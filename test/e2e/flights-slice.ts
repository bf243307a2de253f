import { flightsPath } from '../../src/demo/flight-model.ts';
import { writeParquet } from '../../src/engines/duckdb/index.ts';

/** From this day on the distance is filled with its default, as when a lookup table is gone. */
export const FAULT_DAY = '2001-03-14';
export const SECOND_FAULT_DAY = '2001-03-15';
export const FIRST_DAY = '2001-02-01';

/** Six weeks of real flights from four airports, scored by a formula of distance and hour; small, so that it is quick. */
export function writeFlightsSlice(path: string): Promise<number> {
  return writeParquet(
    `SELECT date AS scored_at, origin, destination, hour(date) AS hour,
      CASE WHEN date >= TIMESTAMP '${FAULT_DAY}' THEN 0 ELSE distance END AS distance,
      5 + 0.4 * hour(date) + CASE WHEN date >= TIMESTAMP '${FAULT_DAY}' THEN 0 ELSE distance END / 200.0 AS expected_delay
    FROM read_parquet('${flightsPath().replaceAll("'", "''")}')
    WHERE date >= TIMESTAMP '${FIRST_DAY}' AND date < TIMESTAMP '2001-03-18' AND origin IN ('DEN', 'SEA', 'BOS', 'MSP')
    ORDER BY scored_at`,
    path,
  );
}

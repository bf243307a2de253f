import { knownIncidents } from './incidents.ts';

/** The regression is fitted on these days only, as a model that went live in February would be. */
const TRAINING_DAYS = "scored_at < TIMESTAMP '2001-02-01'";
/** Hours back over which the delay at the origin is averaged; the last hour is left out, as it is not known yet. */
const RECENT_FROM_HOURS = 3;
const RECENT_TO_HOURS = 1;
/** Six flights of the next day are in the file; a day of six rows is no window of this model. */
const FIRST_DAY_AFTER = '2001-07-01';
const SECONDS_PER_MINUTE = 60;

/** Where a flight leaves from; the model's segments. Airports that are not named here are `elsewhere`. */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  'north-east':
    'ABE ACK ALB BDL BGR BOS BTV BUF BWI DCA EWR HPN IAD ISP JFK LGA MDT MHT PHL PIT PVD PWM ROC SWF SYR'.split(' '),
  midwest: 'CLE CMH CVG DAY DSM DTW GRR ICT IND MCI MDW MKE MSN MSP OMA ORD STL'.split(' '),
  'south-east': 'ATL BHM BNA CHS CLT FLL JAX MCO MEM MIA ORF PBI RDU RIC RSW SAV SDF TPA'.split(' '),
  texas: 'AUS DAL DFW ELP HOU IAH LBB MAF MSY OKC SAT TUL'.split(' '),
  mountain: 'ABQ BIL BOI COS DEN GEG SLC'.split(' '),
  west: 'BUR LAS LAX OAK ONT PDX PHX RNO SAN SEA SFO SJC SMF SNA TUS'.split(' '),
};

/**
 * The scored requests of a small flight-delay model, from the real flights of January to June 2001.
 *
 * Features: distance (miles), origin, destination, hour, origin_recent_delay (mean delay of the departures from the
 * same airport one to three hours before, minutes). The score, the expected delay in minutes, is a regression fitted
 * on January in stages (each on what the stage before left over): recent delay, distance, then the mean of each
 * origin and destination. The observed `delay` is the label. Injected faults change the features before scoring, as
 * they would in production.
 */
export function scoredFlightsSql(flightsPath: string): string {
  const recent = `RANGE BETWEEN INTERVAL ${RECENT_FROM_HOURS} HOUR PRECEDING AND INTERVAL ${RECENT_TO_HOURS} HOUR PRECEDING`;
  return `
WITH flights AS (
  SELECT date AS scored_at, delay, distance, origin, destination, hour(date) AS hour,
    avg(delay) OVER (PARTITION BY origin ORDER BY date ${recent}) AS origin_recent_delay
  FROM read_parquet('${flightsPath.replaceAll("'", "''")}')
  WHERE date < TIMESTAMP '${FIRST_DAY_AFTER}'
),
january AS (
  SELECT *, coalesce(origin_recent_delay, avg(delay) OVER ()) AS recent FROM flights WHERE ${TRAINING_DAYS}
),
january_mean AS (SELECT avg(delay) AS recent_fill FROM january),
stage1 AS (SELECT regr_intercept(delay, recent) AS a, regr_slope(delay, recent) AS b FROM january),
left1 AS (SELECT origin, destination, distance, delay - a - b * recent AS rest FROM january, stage1),
stage2 AS (SELECT regr_intercept(rest, distance) AS c, regr_slope(rest, distance) AS d FROM left1),
left2 AS (SELECT origin, destination, rest - c - d * distance AS rest FROM left1, stage2),
origins AS (SELECT origin, avg(rest) AS effect FROM left2 GROUP BY origin),
left3 AS (SELECT destination, rest - effect AS rest FROM left2 JOIN origins USING (origin)),
destinations AS (SELECT destination, avg(rest) AS effect FROM left3 GROUP BY destination),
served AS (
  SELECT scored_at, delay, hour, origin, ${regionCase()} AS region,
    CASE WHEN ${during('distance filled with its default')} THEN 0 ELSE distance END AS distance,
    CASE WHEN ${during('destinations lost their mapping')} AND destination < 'M' THEN '' ELSE destination END AS destination,
    CASE WHEN ${during('recent delay in seconds')} THEN origin_recent_delay * ${SECONDS_PER_MINUTE}
      ELSE origin_recent_delay END AS origin_recent_delay
  FROM flights
)
SELECT scored_at, region, distance, served.origin, served.destination, hour, origin_recent_delay,
  a + b * coalesce(origin_recent_delay, recent_fill) + c + d * distance
    + coalesce(origins.effect, 0) + coalesce(destinations.effect, 0) AS expected_delay,
  delay
FROM served CROSS JOIN stage1 CROSS JOIN stage2 CROSS JOIN january_mean
LEFT JOIN origins ON served.origin = origins.origin
LEFT JOIN destinations ON served.destination = destinations.destination
ORDER BY scored_at`;
}

function regionCase(): string {
  const cases = Object.entries(REGIONS).map(([region, airports]) => {
    return `WHEN origin IN (${airports.map((airport) => `'${airport}'`).join(', ')}) THEN '${region}'`;
  });
  return `CASE ${cases.join(' ')} ELSE 'elsewhere' END`;
}

function during(name: string): string {
  const incident = knownIncidents.find((known) => known.name === name && known.kind === 'injected');
  if (incident === undefined) return 'FALSE';
  return `scored_at >= TIMESTAMP '${incident.from}' AND scored_at < TIMESTAMP '${incident.to}'`;
}

import { EPOCH_UNITS, FIRST_DAY, FIRST_SECOND, LAST_DAY, LAST_SECOND } from '../../../domain/epoch-unit.ts';
import { quoteText } from './quote.ts';

/** In whole numbers throughout: nanoseconds of today do not fit into a DOUBLE. Null for what is no time. */
export function epochInteger(number: string, zone: string): string {
  return [
    'CASE',
    `WHEN ${number} BETWEEN ${FIRST_DAY} AND ${LAST_DAY} THEN ${writtenDay(number, zone)}`,
    ...EPOCH_UNITS.map(({ perSecond, times, per }) => {
      const microseconds = `${number}${times === 1 ? '' : ` * ${times}`}${per === 1 ? '' : ` // ${per}`}`;
      return `WHEN ${number} ${between(perSecond)} THEN ${microseconds}`;
    }),
    'END',
  ].join(' ');
}

/** The same of numbers with a fraction; days are whole. */
export function epochReal(number: string, zone: string): string {
  const whole = `TRY_CAST(${number} AS BIGINT)`;
  return [
    'CASE',
    `WHEN ${number} BETWEEN ${FIRST_DAY} AND ${LAST_DAY} THEN CASE WHEN ${number} = floor(${number}) THEN ${writtenDay(whole, zone)} END`,
    ...EPOCH_UNITS.map(
      ({ perSecond, times, per }) =>
        `WHEN ${number} ${between(perSecond)} THEN CAST(floor(${number} * ${times} / ${per}) AS BIGINT)`,
    ),
    'END',
  ].join(' ');
}

function between(perSecond: bigint): string {
  return `BETWEEN ${FIRST_SECOND * perSecond} AND ${LAST_SECOND * perSecond}`;
}

function writtenDay(number: string, zone: string): string {
  return localDay(`TRY_CAST(TRY_STRPTIME(CAST(${number} AS VARCHAR), '%Y%m%d') AS TIMESTAMP)`, zone);
}

/** A midnight of a zone as microseconds since 1970. */
export function localDay(midnight: string, zone: string): string {
  return `epoch_us(timezone(${quoteText(zone)}, ${midnight}))`;
}

import { describe, expect, it } from 'vitest';
import { timeRemarks } from '../../src/messages/time-remarks.ts';

const range = { firstMs: 0, lastMs: 1 };

describe('remarks on a time column', () => {
  it.each([
    [{}, []],
    [{ readAs: 'seconds since 1970' }, ['The time column at is read as seconds since 1970.']],
    [{ unplacedRows: 1 }, ['1 row has no usable time and is in no window.']],
    [{ unplacedRows: 2 }, ['2 rows have no usable time and are in no window.']],
    [
      { future: { rows: 1, lastMs: Date.parse('2062-10-24T10:00Z'), afterMs: 1 } },
      ['1 row lies in the future (the last on 2062-10-24) and is in no window.'],
    ],
    [
      { future: { rows: 3, lastMs: Date.parse('2062-10-24T10:00Z'), afterMs: 1 } },
      ['3 rows lie in the future (the last on 2062-10-24) and are in no window.'],
    ],
  ])('of %j', (told, remarks) => {
    expect(timeRemarks({ timeColumn: 'at', zone: 'UTC' }, { ...range, ...told })).toEqual(remarks);
  });
});

import { describe, expect, it } from 'vitest';
import { createHolidayCalendar } from '../../src/platform/holiday-calendar.ts';

const calendar = createHolidayCalendar();
const in2001 = { first: 2001, last: 2001 };

describe('the calendar of public holidays', () => {
  it('knows the days of a country, by name and place', async () => {
    const holidays = await calendar.publicHolidays('US', in2001);

    expect(holidays).toContainEqual({ day: '2001-05-28', name: 'Memorial Day (US)' });
    expect(holidays.map(({ day }) => day)).not.toContain('2001-02-14');
  });

  it('knows the days that only a part of a country has', async () => {
    const [germany, bavaria] = await Promise.all(
      ['DE', 'de-by'].map((place) => calendar.publicHolidays(place, in2001)),
    );
    const days = (all: typeof germany) => all?.map(({ day }) => day) ?? [];

    expect(days(bavaria)).toEqual(expect.arrayContaining(['2001-06-14', ...days(germany)]));
    expect(days(germany)).not.toContain('2001-06-14');
  });

  it('gives every day once, in order, over the years', async () => {
    const days = (await calendar.publicHolidays('AU-VIC', { first: 2019, last: 2021 })).map(({ day }) => day);

    expect(days).toEqual([...new Set(days)].toSorted());
    expect(new Set(days.map((day) => day.slice(0, 4)))).toEqual(new Set(['2019', '2020', '2021']));
  });

  it.each([
    ['USA', 'Did you mean US (United States of America)'],
    ['UK', 'Did you mean GB (United Kingdom)'],
    ['Grmany', 'Did you mean DE (Germany)'],
    ['DE-BX', 'Did you mean DE-BB; there are BB, BE'],
    ['MC-1', 'Write MC'],
    ['', 'two letters of ISO 3166'],
  ])('refuses the place %j and says what is meant', async (place, remedy) => {
    await expect(calendar.publicHolidays(place, in2001)).rejects.toMatchObject({
      code: 'usage.invalid',
      message: expect.stringContaining(remedy),
    });
  });
});

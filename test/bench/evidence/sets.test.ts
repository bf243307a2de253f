import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../../src/platform/random.ts';
import { loadAirQuality } from './sets/air-quality.ts';
import { CLOUD_FOLDERS, loadCloudMonitoring } from './sets/cloud-monitoring.ts';
import { type Canvas, loadCanvases } from './sets/daily-canvases.ts';
import { loadIncidentTable } from './sets/incident-table.ts';
import { cleanPieces, injectFaults } from './sets/injected.ts';
import { loadNab } from './sets/nab.ts';
import { cleanSet, corpusSet, referenceSet, smallRates } from './sets/synthetic.ts';
import { weekdayOf } from './sets/weekday.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftbell-sets-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}

describe('the hourly folders', () => {
  it('are two sets of labelled series, whose weeks are clusters', async () => {
    for (const name of CLOUD_FOLDERS) {
      await write(`${name}/one.csv`, 'TimeStamp,Value,Label\n2018-06-21 00:00:00,1,0\n2018-06-21 02:00:00,3,1\n');
    }

    const sets = await loadCloudMonitoring(folder);

    expect(sets.map(({ name }) => name)).toEqual(CLOUD_FOLDERS);
    expect(sets[0]).toMatchObject({ granularity: 'hour', series: [{ unit: 'one' }] });
    expect([...(sets[0]?.series[0]?.values ?? [])]).toEqual([1, Number.NaN, 3]);
    expect([...(sets[0]?.series[0]?.labels ?? [])]).toEqual([0, 0, 1]);
    expect(sets[0]?.series[0]?.clusterAt(0)).toBe(sets[0]?.series[0]?.clusterAt(2));
    expect(sets[0]?.series[0]?.clusterAt(0)).not.toBe(sets[0]?.series[0]?.clusterAt(24 * 7));
  });
});

describe('the windows of NAB', () => {
  const rows = 'timestamp,value\n2014-04-01 00:00:00,1\n2014-04-01 00:05:00,3\n2014-04-01 02:00:00,7\n';

  it('become hourly means, labelled where a window touches the hour', async () => {
    await write('data/real/a.csv', rows);
    await write(
      'windows.json',
      JSON.stringify({ 'real/a.csv': [['2014-04-01 01:59:00.000000', '2014-04-01 02:01:00.000000']] }),
    );

    const { series } = await loadNab(folder);

    expect([...(series[0]?.values ?? [])]).toEqual([2, Number.NaN, 7]);
    expect([...(series[0]?.labels ?? [])]).toEqual([0, 1, 1]);
    // 2014-04-01 was a Tuesday.
    expect([...(series[0]?.daysOfWeek ?? [])]).toEqual([1, 1, 1]);
  });

  it.each([
    ['no file', undefined, /a readable file in .*windows\.json/],
    ['no JSON', '{', /JSON in .*windows\.json/],
    ['another form', '{"real/a.csv": "x"}', /windows\.json.*at real\/a\.csv/],
    ['a series that is not there', '{"real/b.csv": []}', /the series that windows\.json names/],
    ['a time that is none', '{"real/a.csv": [["soon", "later"]]}', /"soon"/],
  ])('with %s are refused in one line', async (_, text, message) => {
    await write('data/real/a.csv', rows);
    if (text !== undefined) await write('windows.json', text);

    await expect(loadNab(folder)).rejects.toThrow(message);
  });
});

describe('a table with incidents', () => {
  const days = Array.from({ length: 4 }, (_, day) => `2026-03-0${day + 1}`);
  const table = () => ({
    source: { location: join(folder, 'table.csv') },
    timeColumn: 'at',
    declaredKinds: {},
    defaults: {},
  });

  async function writeTable(feature: string): Promise<void> {
    const rows = days.flatMap((day, index) => [`${day} 01:00:00,${index}.5`, `${day} 02:00:00,${index + 1}.5`]);
    await write('table.csv', `at,heat\n${rows.join('\n')}\n`);
    const incident = { feature, kind: 'x', start: '2026-03-02 23:00', end: '2026-03-03 01:00' };
    await write('incidents.json', JSON.stringify({ incidents: [incident] }));
  }

  it('is daily statistics by column, labelled on the days that an incident touches', async () => {
    await writeTable('heat');

    const { series, granularity } = await loadIncidentTable('heat', folder, table());
    const heat = series.filter(({ unit }) => unit === 'heat');

    expect(granularity).toBe('day');
    expect(heat.length).toBeGreaterThan(1);
    for (const one of heat) expect([...one.labels]).toEqual([0, 1, 1, 0]);
    for (const one of series.filter(({ unit }) => unit !== 'heat')) expect([...one.labels]).toEqual([0, 0, 0, 0]);
    expect(heat.some(({ values }) => [...values].join() === '1,2,3,4')).toBe(true);
  });

  it('refuses an incident of a column that is not watched', async () => {
    await writeTable('cold');

    await expect(loadIncidentTable('heat', folder, table())).rejects.toThrow(/incidents of watched columns.*cold/);
  });
});

describe('the table of sensors', () => {
  const incident = {
    feature: 'CO(GT)',
    kind: 'sentinel_outage',
    start: '2004-03-11 00:00:00',
    end: '2004-03-11 05:00:00',
  };

  it('gets one time of two columns, and no value where its marker of missing ones stands', async () => {
    const hours = ['00', '06', '12'];
    const rows = ['2004-03-10', '2004-03-11'].flatMap((day, at) =>
      hours.map((hour) => `${day},${hour}:00:00,${at === 1 && hour === '00' ? -200 : 2},7`),
    );
    await write('AirQuality.csv', `Date,Time,CO(GT),T\n${rows.join('\n')}\n`);
    await write('incidents.json', JSON.stringify({ incidents: [incident] }));

    const { series } = await loadAirQuality('air', folder);
    const carbon = series
      .filter(({ unit }) => unit === 'CO(GT)')
      .map(({ values }) => [...values].map((value) => Number(value.toFixed(3))).join());

    expect(carbon).toContain('2,2');
    expect(carbon.some((values) => values === '0,0.333' || values === '1,0.667')).toBe(true);
    expect(series.find(({ unit }) => unit === 'CO(GT)')?.labels).toEqual(Uint8Array.of(0, 1));
  });

  it('is refused without its columns', async () => {
    await write('AirQuality.csv', 'When,CO(GT)\n1,2\n');

    await expect(loadAirQuality('air', folder)).rejects.toThrow(/the columns Date, Time and sensors/);
    await rm(join(folder, 'AirQuality.csv'));
    await expect(loadAirQuality('air', folder)).rejects.toThrow(/a readable file in .*AirQuality/);
  });
});

describe('canvases', () => {
  const canvas: Canvas = {
    name: 'canvas',
    values: Float64Array.from({ length: 500 }, (_, day) => 100 + (day % 7) + Math.sin(day * day)),
    daysOfWeek: new Uint8Array(500),
    isCount: false,
  };

  it('are refused when one is not there', async () => {
    await expect(loadCanvases(folder)).rejects.toThrow(/a readable file in .*\.csv/);
  });

  it('become pieces, most of them with one labelled fault, the same for the same seed', () => {
    const injected = injectFaults('x', [canvas], createSeededRandom(5));
    const clean = cleanPieces('x', [canvas]);

    expect(injectFaults('x', [canvas], createSeededRandom(5)).series.map(({ values }) => values)).toEqual(
      injected.series.map(({ values }) => values),
    );
    expect(clean.series).toHaveLength(4);
    injected.series.forEach(({ values, labels }, piece) => {
      const before = clean.series[piece]?.values ?? new Float64Array();
      expect(values.every((value, day) => value === before[day] || labels[day] === 1)).toBe(true);
      expect(labels.lastIndexOf(1) - labels.indexOf(1)).toBeLessThan(7);
    });
    expect(injected.series.some(({ labels }) => labels.includes(1))).toBe(true);
    expect(clean.series.every(({ labels }) => !labels.includes(1))).toBe(true);
  });

  it('know the weekday of days before 1970 too', () => {
    expect(weekdayOf(Date.UTC(1959, 0, 1))).toBe(3);
    expect(weekdayOf(Date.UTC(2026, 2, 1))).toBe(6);
  });
});

describe('drawn sets', () => {
  it('are the same for the same seed, labelled, and healthy where they say so', () => {
    for (const draw of [referenceSet, corpusSet, smallRates]) {
      const [a, b] = [draw('x', createSeededRandom(1)), draw('x', createSeededRandom(1))];
      expect(a.series.map(({ values }) => values)).toEqual(b.series.map(({ values }) => values));
      expect(a.series.some(({ labels }) => labels.includes(1))).toBe(true);
    }
    const kinds = new Set(cleanSet('x', createSeededRandom(1), 500).series.map(({ statisticKind }) => statisticKind));
    expect(kinds.size).toBe(6);
  });

  it('hold rates near one in ten thousand that at least nearly double', () => {
    for (const { values, labels } of smallRates('x', createSeededRandom(2)).series) {
      const healthy = values.filter((_, day) => labels[day] !== 1);
      const faulty = values.filter((_, day) => labels[day] === 1);
      expect(healthy.reduce((sum, value) => sum + value, 0) / healthy.length).toBeCloseTo(1e-4, 5);
      expect(Math.min(...faulty)).toBeGreaterThan(1.4e-4);
    }
  });
});

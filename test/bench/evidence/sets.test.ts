import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLOUD_FOLDERS, loadCloudMonitoring } from './sets/cloud-monitoring.ts';
import { loadIncidentTable } from './sets/incident-table.ts';
import { loadNab } from './sets/nab.ts';

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

import { describe, expect, it } from 'vitest';
import { fileChanges, formatModelsFile, parseModelsFile, writtenValue } from '../../src/registry/index.ts';

const FILE = `
models:
  - slug: churn            # the model of the shop
    source: data/churn/*.parquet
    time-column: scored_at
    channel: "#model-health"
  - slug: flight-delay
    source: data/flights.csv
    format: csv
    time-column: date/time
    zone: America/New_York
    granularity: hour
    score-column: delay
    features: [distance, origin]
    kinds: { origin: categorical }
    defaults: { distance: -1 }
    owners: [U0OWNER01]
    channel: C0MODELS1
    importance: data/importance.csv
    holidays: US
    quiet-hours: 22:00-07:00 weekends unless high
    lateness: 30
    filters: { minimum-rows: 10, false-discovery-rate: 0.2 }
`;

describe('a file of models', () => {
  it('is parsed with the words of the command line', () => {
    const [churn, flights] = parseModelsFile(FILE, 'models.yaml');

    expect(churn).toMatchObject({
      settings: { slug: 'churn', zone: 'UTC', granularity: 'day', latenessMinutes: 60, owners: [] },
      filters: {},
    });
    expect(flights).toMatchObject({
      settings: {
        ...{ timeColumn: 'date/time', source: { location: 'data/flights.csv', format: 'csv' }, latenessMinutes: 30 },
        ...{ declaredKinds: { origin: 'categorical' }, defaults: { distance: -1 } },
        importanceSource: { location: 'data/importance.csv' },
        quietHours: { night: { from: '22:00', to: '07:00' }, weekends: true, unless: 'high' },
      },
      filters: { minimumRows: 10, falseDiscoveryRate: 0.2 },
    });
  });

  it('is printed so that parsing it gives the same models', () => {
    const declared = parseModelsFile(FILE, 'models.yaml');

    const printed = formatModelsFile(declared);

    const withoutPlace = declared.map(({ settings, filters }) => ({ settings, filters, place: expect.any(String) }));
    expect(parseModelsFile(printed, 'again.yaml')).toEqual(withoutPlace);
    expect(formatModelsFile(parseModelsFile(printed, 'again.yaml'))).toBe(printed);
  });

  it.each(['model-health', '"#model-health"', 'C0MODELS1', 'G0PRIVATE', '"#größe_2"'])(
    'takes the channel %s',
    (channel) => {
      const [, flights] = parseModelsFile(FILE.replace('C0MODELS1', channel), 'models.yaml');

      expect(flights?.settings.channel).toBe(channel.replaceAll('"', ''));
    },
  );

  it('names what differs by its keys, with the values as they are written', () => {
    const [before] = parseModelsFile(FILE.slice(0, FILE.indexOf('  - slug: flight')), 'models.yaml');
    const text = `${formatModelsFile(before === undefined ? [] : [before])}    quiet-hours: 22:00-07:00\n    filters: { minimum-rows: 10 }\n`;
    const [after] = parseModelsFile(text, 'models.yaml');
    if (before === undefined || after === undefined) throw new Error('no model');

    const changes = fileChanges(before, after);

    expect(changes).toEqual([
      { key: 'quiet-hours', before: null, after: '22:00-07:00' },
      { key: 'filters', before: null, after: { 'minimum-rows': 10 } },
    ]);
    expect(changes.map((change) => writtenValue(change.after))).toEqual(['22:00-07:00', '{ minimum-rows: 10 }']);
    expect(fileChanges(after, after)).toEqual([]);
  });

  it('that holds several errors is refused with all of them, each with its line and model', () => {
    const text = FILE.replace('granularity: hour', 'granularity: week')
      .replace('America/New_York', 'Mars/Olympus')
      .replace('source: data/churn', 'sorce: data/churn')
      .replace('flight-delay', 'churn');
    const errors = () => parseModelsFile(text, 'models.yaml');

    expect(errors).toThrow(/^Expected a file models\.yaml that can be imported, got 4 errors, where was expected /);
    expect(errors).toThrow(/\(1\) in models\.yaml:4 models\[0\] \(churn\) only the keys .*, got "sorce"; /);
    expect(errors).toThrow(/\(2\) in models\.yaml:7 each slug once, got churn again, after line 3; /);
    expect(errors).toThrow(/\(3\) in models\.yaml:11 models\[1\]\.zone \(churn\) to be an IANA zone .*; /);
    expect(errors).toThrow(/\(4\) in models\.yaml:12 .*, got "week"\. Correct these lines; nothing was changed\.$/);
  });

  it.each([
    [
      'hours that are none',
      `${FILE.replace('22:00-07:00', 'nights')}`,
      /in models\.yaml:21 models\[1\]\.quiet-hours \(flight-delay\) to be quiet hours such as .*, got "nights weekends/,
    ],
    ['no YAML', 'models: [', /in models\.yaml:1 YAML, got [^\n]* line 1, column 10\. /],
    ['another document', 'tables: []', /in models\.yaml:1 only the keys models, got "tables"\. Correct/],
    ['no list', 'models: churn', /in models\.yaml:1 models to be a list, got "churn"/],
    [
      'a missing key',
      'models:\n  - slug: churn\n    channel: C1\n    time-column: at',
      /models\.yaml:2 models\[0\]\.source \(churn\) to be a text, got nothing/,
    ],
    [
      'an unknown key',
      FILE.replace('zone:', 'zoen:'),
      /models\.yaml:11 models\[1\] \(flight-delay\) only the keys slug, .*, got "zoen"/,
    ],
    [
      'a wrong value',
      FILE.replace('granularity: hour', 'granularity: week'),
      /models\.yaml:12 models\[1\]\.granularity \(flight-delay\) to be one of day, hour, got "week"/,
    ],
    [
      'no zone',
      FILE.replace('America/New_York', 'Mars/Olympus'),
      /models\.yaml:11 models\[1\]\.zone \(flight-delay\) to be an IANA zone/,
    ],
    [
      'a slug twice',
      FILE.replace('flight-delay', 'churn'),
      /models\.yaml:7 each slug once, got churn again, after line 3/,
    ],
    [
      'a filter out of range',
      FILE.replace('0.2', '2'),
      /models\.yaml:23 models\[1\]\.filters\.false-discovery-rate \(flight-delay\) to be a number from 0 to 1, got 2/,
    ],
    [
      'an unknown filter',
      FILE.replace('minimum-rows', 'least-rows'),
      /models\.yaml:23 models\[1\] \(flight-delay\) only the keys duration-windows, .*, got "least-rows"/,
    ],
    [
      'no channel',
      FILE.replace('C0MODELS1', 'model health'),
      /models\.yaml:18 models\[1\]\.channel \(flight-delay\) to be the id of a channel .*, got "model health"/,
    ],
    [
      'a name for an owner',
      FILE.replace('U0OWNER01', 'U0OWNER01, bob'),
      /models\.yaml:17 models\[1\]\.owners\[1\] \(flight-delay\) to be the id of a person .*, got "bob"/,
    ],
    ['nothing', '', /in models\.yaml models below the key models, got a file that declares none/],
    ['only a comment', '# later\n', /a file that declares none/],
  ])('that holds %s is refused with its line and key', (_what, text, message) => {
    expect(() => parseModelsFile(text, 'models.yaml')).toThrow(message);
  });
});

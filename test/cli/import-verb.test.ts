import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type WatchedSource, watchedSource } from '../builders/watched-source.ts';
import { runDriftbell } from './run-driftbell.ts';

describe('driftbell import', () => {
  let source: WatchedSource;
  let folder: string;

  beforeAll(async () => {
    source = await watchedSource({
      registeredAt: '2026-03-09T12:00',
      isHistoryLeft: true,
      history: ({ fillFrom }) => fillFrom('2026-03-02', 7, 30),
    });
    folder = dirname(source.databasePath);
  });

  beforeEach(() => {
    vi.stubEnv('DRIFTBELL_DATABASE', source.databasePath);
    vi.stubEnv('DRIFTBELL_LOG_LEVEL', 'silent');
  });

  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => source.close());

  const driftbell = (...args: string[]) => runDriftbell(args, source.clock);
  const slugs = () => source.core.stores.models.list().map(({ slug }) => slug);

  function file(change: (text: string) => string, exported: string): string {
    const path = join(folder, 'models.yaml');
    writeFileSync(path, change(exported));
    return path;
  }

  const second = () => `  - slug: returns
    source: ${join(folder, 'rows.jsonl')}
    time-column: scored_at
    channel: C0MODELS1
    filters: { minimum-rows: 5 }
`;

  it('changes nothing for what export prints', async () => {
    const { out: exported } = await driftbell('export');

    expect(
      await driftbell(
        'import',
        file((text) => text, exported),
      ),
    ).toEqual({
      code: 0,
      out: 'churn: same\n0 new, 0 changed, 1 the same.\n',
      err: '',
    });
    expect(source.core.stores.models.bySlug('churn')?.revision).toBe(source.model.revision);
  });

  it('shows in a dry run what it would change, then changes it, and fills the history of what is new', async () => {
    const { out: exported } = await driftbell('export');
    const path = file((text) => text.replace('lateness: 60', 'lateness: 90') + second(), exported);

    const dry = await driftbell('import', path, '--dry-run');
    const before = slugs();
    const real = await driftbell('import', path);

    expect(dry.out).toBe(
      'churn: changed\n  lateness: 60 -> 90\nreturns: new\n1 new, 1 changed, 0 the same. Nothing was changed: this was a dry run.\n',
    );
    expect(before).toEqual(['churn']);
    expect(real).toMatchObject({ code: 0, out: expect.stringContaining('1 new, 1 changed, 0 the same.\n') });
    const returns = source.core.stores.models.bySlug('returns');
    expect(returns?.filters).toEqual({ minimumRows: 5 });
    expect(returns && source.core.stores.statistics.windowStarts(returns.id)).toHaveLength(7);
    expect((await driftbell('import', path)).out).toContain('0 new, 0 changed, 2 the same.');
  });

  it('says of a row whose year is mistyped that it is in no window', async () => {
    const mistyped = join(folder, 'mistyped.csv');
    writeFileSync(mistyped, 'scored_at,age\n2026-03-08T10:00:00Z,1\n2062-10-24T10:00:00Z,2\n');
    const path = file(
      () => `models:\n${second().replace('returns', 'late').replace('rows.jsonl', 'mistyped.csv')}`,
      '',
    );

    const dry = await driftbell('import', path, '--dry-run');

    expect(dry).toMatchObject({
      code: 0,
      err: 'late: 1 row lies in the future (the last on 2062-10-24) and is in no window.\n',
    });
  });

  it('writes nothing when one of the sources cannot be read', async () => {
    const { out: exported } = await driftbell('export');
    const third = `  - { slug: gone, source: ${join(folder, 'none.csv')}, time-column: at, channel: C0MODELS1 }\n`;
    const path = file((text) => text.replace('lateness: 90', 'lateness: 120') + third, exported);

    const { code, out, err } = await driftbell('import', path);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^driftbell: Expected .*none\.csv.*\[source\.not_found\]\n$/);
    expect(source.core.stores.models.bySlug('churn')?.latenessMinutes).toBe(90);
    expect(slugs()).toEqual(['churn', 'returns']);
  });

  it('tells what is wrong with every model, not only with the first', async () => {
    const other = (slug: string, from: string, to: string) =>
      second().replace('slug: returns', `slug: ${slug}`).replace(from, to);
    const path = file(
      () => `models:\n${other('first', 'rows.jsonl', 'none.jsonl')}${other('second', 'scored_at', 'scored')}`,
      '',
    );

    const dry = await driftbell('import', path, '--dry-run');

    expect(dry).toMatchObject({ code: 2, out: '' });
    expect(dry.err).toMatch(
      /^driftbell: Expected models that can be imported, got 2 errors, where was expected \(1\) in \S+:2 models\[0\] \(first\) .*none\.jsonl.*; \(2\) in \S+:7 models\[1\] \(second\) a time column .*nothing was changed\. \[source\.not_found\]\n$/,
    );
    expect(await driftbell('import', path)).toEqual(dry);
  });

  it('changes the place of the holidays, which export prints, and forgets it where the file has none', async () => {
    const { out: before } = await driftbell('export');
    const path = file((text) => text.replace(/(slug: churn\n)/, '$1    holidays: DE\n'), before);

    const changed = await driftbell('import', path);
    const { out: exported } = await driftbell('export');
    const again = await driftbell('import', path);
    const forgotten = await driftbell(
      'import',
      file((text) => text, before),
    );

    expect(changed.out).toMatch(/^churn: changed\n {2}holidays: .*DE.*\n/);
    expect(exported).toContain('    holidays: DE\n');
    expect(again.out).toContain('0 new, 0 changed');
    expect(forgotten.out).toContain('1 changed');
    expect((await driftbell('export')).out).toBe(before);
  });

  it.each([
    ['a missing source', (text: string) => text.replace('rows.jsonl', 'none.csv'), /none\.csv.*\[source\.not_found\]/],
    ['an unknown column', (text: string) => text.replace('scored_at', 'scored'), /\[source\.column_missing\]/],
    [
      'an unknown place',
      (text: string) => `${text}    holidays: Grmany\n`,
      /"Grmany".*did you mean DE.*\[usage\.invalid\]/i,
    ],
    [
      'a default of no column',
      (text: string) => `${text}    defaults: { nope: 1 }\n`,
      /a default for a column .*"nope"/,
    ],
    [
      'a column of a model that is there',
      (text: string) => text.replace('refunds', 'churn').replace('scored_at', 'at'),
      /a time column/,
    ],
  ])('refuses %s in a dry run just as without', async (_what, spoil, said) => {
    const path = file(() => spoil(`models:\n${second().replace('returns', 'refunds')}`), '');

    const dry = await driftbell('import', path, '--dry-run');

    expect(dry).toMatchObject({ code: 2, out: '', err: expect.stringMatching(said) });
    expect(dry.err).toMatch(/^driftbell: Expected in \S+models\.yaml:2 models\[0\] \((refunds|churn)\) /);
    expect(await driftbell('import', path)).toEqual(dry);
  });

  it('says which file it wants, and which it cannot read', async () => {
    expect(await driftbell('import')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^driftbell: Expected <file> after `driftbell import`, got a command without it\. /),
    });
    expect(await driftbell('import', join(folder, 'nowhere.yaml'))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/nowhere\.yaml.*\[file\.unusable\]/),
    });
  });
});

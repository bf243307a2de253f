import { DriftbellError } from '../src/domain/errors.ts';
import type { Model } from '../src/domain/model.ts';
import { nearest } from '../src/domain/nearest.ts';
import type { Stores } from '../src/ports/stores.ts';
import type { Arguments } from './arguments.ts';

/** The registered model of that slug. Throws `model.unknown` with the nearest name. */
export function findModel(stores: Pick<Stores, 'models'>, slug: string): Model {
  const model = stores.models.bySlug(slug);
  if (model !== undefined && model.retiredAt === undefined) return model;
  const slugs = stores.models.list().map((other) => other.slug);
  const close = nearest(slug, slugs) ?? alike(slug, slugs);
  throw new DriftbellError('model.unknown', {
    expected: 'a registered model',
    received: JSON.stringify(slug.slice(0, 80)),
    remedy:
      close !== undefined
        ? `did you mean \`${close}\``
        : slugs.length === 0
          ? 'register one with `/drift register`'
          : 'see them with `/drift list`',
  });
}

/** Of a name and a mistyped beginning, so many letters are no accident. */
const LEAST_ALIKE = 4;

/** The one name that begins like the word, such as flight-delay for flights. */
function alike(word: string, slugs: readonly string[]): string | undefined {
  const beginning = word.toLowerCase().slice(0, Math.max(LEAST_ALIKE, word.length - 2));
  const begun = beginning.length < LEAST_ALIKE ? [] : slugs.filter((slug) => slug.startsWith(beginning));
  return begun.length === 1 ? begun[0] : undefined;
}

/** The word at a place, or an error that repeats the usage. */
export function requireWord(args: Arguments, place: number, name: string, usage: string): string {
  const word = args.words[place];
  if (word !== undefined && word !== '') return word;
  throw new DriftbellError('usage.invalid', {
    expected: `<${name}>`,
    received: 'nothing in its place',
    remedy: `write \`/drift ${usage}\``,
  });
}

/** Refuses what a command does not take, so that a typing error is not silently ignored. */
export function refuseExtras(args: Arguments, mostWords: number, options: readonly string[], usage: string): void {
  const extra = args.words[mostWords];
  const unknown = Object.keys(args.options).find((name) => !options.includes(name));
  if (extra === undefined && unknown === undefined) return;
  const close = unknown === undefined ? undefined : nearest(unknown, options);
  const known = options.map((name) => `\`--${name}\``).join(', ');
  const others = unknown === undefined || known === '' ? '' : `; the options are ${known}`;
  throw new DriftbellError('usage.invalid', {
    expected: `\`/drift ${usage}\``,
    received:
      unknown === undefined
        ? `the extra word ${JSON.stringify(extra?.slice(0, 40))}`
        : `the option ${unknown.startsWith('-') ? '' : '--'}${unknown.slice(0, 40)}`,
    remedy: close === undefined ? `leave it out${others}` : `did you mean \`--${close}\``,
  });
}

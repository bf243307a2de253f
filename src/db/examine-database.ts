import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { describeThrown } from '../domain/errors.ts';
import { doubtful, type Examined, ill, well } from '../domain/examined.ts';
import { schemaState } from './migrate.ts';

const PART = 'database';
const MENDED_BY_BACKUP = 'restore the backup, or name another file with DRIFTBELL_DATABASE';

/** What can be told of the file itself; it is only read, and not made where there is none. */
export function examineDatabase(options: { readonly path: string; readonly migrationsFolder: string }): Examined {
  const { path } = options;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return absent(path);
  if (!found.isFile()) return ill(PART, `${path} is no file.`, 'name a file with DRIFTBELL_DATABASE');
  if (!isWritable(path) || !isWritable(dirname(resolve(path)))) {
    return ill(PART, `${path} or its folder may not be written by this user.`, 'change its owner or its mode');
  }
  try {
    const sqlite = new Sqlite(path, { readonly: true, fileMustExist: true });
    try {
      const [damage] = sqlite.pragma('quick_check(1)', { simple: false }) as { quick_check: string }[];
      if (damage?.quick_check !== 'ok')
        return ill(PART, `${path} is damaged: ${damage?.quick_check}.`, MENDED_BY_BACKUP);
      return ofSchema(path, schemaState({ sqlite, orm: drizzle(sqlite) }, options.migrationsFolder));
    } finally {
      sqlite.close();
    }
  } catch (thrown) {
    return ill(PART, `${path} cannot be read: ${describeThrown(thrown)}.`, MENDED_BY_BACKUP);
  }
}

function ofSchema(path: string, state: ReturnType<typeof schemaState>): Examined {
  switch (state) {
    case 'current':
      return well(PART, `${path} is whole, may be written, and has the newest schema.`);
    case 'older':
      return doubtful(
        PART,
        `${path} has an older schema.`,
        'back it up; the next start, or `driftbell migrate`, brings it up to date',
      );
    case 'newer':
      return ill(
        PART,
        `${path} was written by a newer version.`,
        'start the newer version, or restore the backup from before',
      );
    case 'foreign':
      return ill(PART, `${path} holds tables of another program.`, 'name another file with DRIFTBELL_DATABASE');
    default:
      return state satisfies never;
  }
}

function absent(path: string): Examined {
  let folder = dirname(resolve(path));
  while (statSync(folder, { throwIfNoEntry: false }) === undefined && folder !== dirname(folder))
    folder = dirname(folder);
  return isWritable(folder)
    ? doubtful(PART, `There is none yet at ${path}.`, 'start the bot, which makes it')
    : ill(
        PART,
        `There is none at ${path}, and ${folder} may not be written by this user.`,
        'name a file elsewhere with DRIFTBELL_DATABASE',
      );
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

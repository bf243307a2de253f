import type { DriftbellError } from '../domain/errors.ts';
import type { Stores } from '../ports/stores.ts';
import { openClient } from './client.ts';
import { storeFailure } from './sqlite-failure.ts';
import { createStores } from './stores/create-stores.ts';

export { IN_MEMORY } from './client.ts';
export { copyDatabase, requireDatabaseFile } from './copy-database.ts';
export { examineDatabase } from './examine-database.ts';

export interface DatabaseOptions {
  /** A file, made when absent with its folder; `:memory:` for one that ends with the process. */
  readonly path: string;
  /** The folder `drizzle/` of the installation. */
  readonly migrationsFolder: string;
  /**
   * Told of a model that cannot be read; the list of models then goes on without it, so that one damaged row does not
   * stop the watch over the others. Absent: listing models throws.
   */
  readonly onUnreadableModel?: (error: DriftbellError) => void;
}

export interface Database {
  readonly stores: Stores;
  /** Writes a whole copy while the database is in use. Throws `store.failed`. */
  backup(toPath: string): Promise<void>;
  /** Further use of the stores throws. A second call does nothing. */
  close(): void;
}

/** Opens the one database of Driftbell and brings it to the newest schema. Throws `store.failed`. */
export function openDatabase(options: DatabaseOptions): Database {
  const client = openClient(options);
  return {
    stores: createStores(client, options),
    async backup(toPath) {
      try {
        await client.sqlite.backup(toPath);
      } catch (thrown) {
        throw storeFailure(thrown, `the backup to ${toPath}`);
      }
    },
    close() {
      client.sqlite.close();
    },
  };
}

import { join } from 'node:path';
import type { Command } from 'commander';
import { openDatabase } from '../db/index.ts';
import { packageRoot } from '../platform/package-root.ts';
import type { CliDeps } from './deps.ts';

export function registerMigrate(program: Command, { terminal, readConfig }: CliDeps): void {
  program
    .command('migrate')
    .description('bring the database to the newest schema; the bot does this at every start')
    .action(() => {
      const { databasePath } = readConfig();
      openDatabase({ path: databasePath, migrationsFolder: join(packageRoot(), 'drizzle') }).close();
      terminal.write(`${databasePath} has the newest schema.\n`);
    });
}

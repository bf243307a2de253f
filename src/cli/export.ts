import type { Command } from 'commander';
import { formatModelsFile } from '../registry/index.ts';
import type { CliDeps } from './deps.ts';
import { openKnownCore } from './open-core.ts';

export function registerExport(program: Command, deps: CliDeps): void {
  program
    .command('export')
    .description('the registered models as a YAML file that `import` takes')
    .action(() => printModels(deps));
}

async function printModels(deps: CliDeps): Promise<void> {
  const core = await openKnownCore(deps);
  try {
    const models = core.stores.models.list();
    deps.terminal.write(formatModelsFile(models.map((model) => ({ settings: model, filters: model.filters ?? {} }))));
  } finally {
    await core.close();
  }
}

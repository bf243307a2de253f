import type { CommandDeps } from '../../commands/index.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { paperFilterSettings } from '../../src/postprocessing/index.ts';
import { accessOf } from './access.ts';
import { fakeClock } from './stores.ts';

/** What commands get in a bot whose detector is that of the paper; checks and registrations are refused. */
export function commandDeps(stores: Stores, overrides: Partial<CommandDeps> = {}): CommandDeps {
  return {
    stores,
    clock: fakeClock(),
    access: accessOf('admin'),
    examine: async () => [],
    filterSettings: () => paperFilterSettings,
    picture: async () => ({ fileId: 'F0123456789', altText: 'what the picture says' }),
    check: () => Promise.reject(new Error('this test checks no window')),
    register: () => Promise.reject(new Error('this test registers no model')),
    apply: () => Promise.reject(new Error('this test applies no file')),
    edit: () => Promise.reject(new Error('this test edits no model')),
    retire: () => false,
    ...overrides,
  };
}

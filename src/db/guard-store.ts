import { storeFailure } from './sqlite-failure.ts';

/** The same store, with errors of SQLite told as `store.failed`. */
export function guardStore<Store extends object>(name: string, store: Store): Store {
  const methods = Object.entries(store).map(([method, implementation]) => [
    method,
    typeof implementation === 'function' ? guard(implementation as Call, `${name}.${method}`) : implementation,
  ]);
  return Object.fromEntries(methods) as Store;
}

type Call = (...given: readonly unknown[]) => unknown;

function guard(call: Call, what: string): Call {
  return (...given) => {
    try {
      return call(...given);
    } catch (thrown) {
      throw storeFailure(thrown, what);
    }
  };
}

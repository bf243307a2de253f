import { DriftbellError, isDriftbellError } from '../domain/errors.ts';
import type { UserId } from '../domain/identifiers.ts';
import type { Model, ModelSettings } from '../domain/model.ts';
import type { TimeRange } from '../ports/statistics-engine.ts';
import { changedFields, type EditDeps, prepareEdit } from './edit.ts';
import type { Prepared } from './inspect.ts';
import { joinErrors } from './join-errors.ts';
import type { Declared } from './models-file.ts';
import { prepareRegistration, type RegisterDeps } from './register.ts';

export type ApplyDeps = RegisterDeps & EditDeps;

/** What a declaration changes of the registry. */
export interface Difference {
  readonly slug: string;
  readonly kind: 'new' | 'changed' | 'same';
  readonly changes: readonly Change[];
}

export interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A model whose history is to be filled: it is new, or watches something else now. */
export interface Applied {
  readonly model: Model;
  readonly range?: TimeRange;
}

/** What was seen of the source of a declared model. */
export interface LookedAt {
  readonly settings: ModelSettings;
  readonly range: TimeRange;
}

export interface PreparedDeclarations {
  /** Of the models that are new, or watch something else than before. */
  readonly looked: readonly LookedAt[];
  commit(): readonly Applied[];
}

/** What applying would change, by the registry alone; models that are not declared stay as they are. */
export function differencesOf(declared: readonly Declared[], registered: readonly Model[]): readonly Difference[] {
  return declared.map(({ settings, filters }) => {
    const { slug } = settings;
    const model = registered.find((one) => one.slug === slug);
    if (model === undefined) return { slug, kind: 'new', changes: [] };
    const fields = changedFields(model, settings).map((field) => ({
      ...{ field, before: model[field] ?? null, after: (settings as ModelSettings)[field] ?? null },
    }));
    const before = model.filters ?? {};
    const isFiltered = JSON.stringify(sorted(before)) !== JSON.stringify(sorted(filters));
    const changes = [...fields, ...(isFiltered ? [{ field: 'filters', before, after: filters }] : [])];
    return { slug, kind: changes.length === 0 ? 'same' : 'changed', changes };
  });
}

/**
 * Makes the registry as declared: all sources are looked at first, then everything is written in one transaction, or
 * nothing. Applying the same again changes nothing.
 */
export async function applyDeclarations(
  deps: ApplyDeps,
  input: { readonly declared: readonly Declared[]; readonly by: UserId },
  signal?: AbortSignal,
): Promise<readonly Applied[]> {
  return (await prepareDeclarations(deps, input, signal)).commit();
}

/** Looks at everything and refuses what applying would refuse; what it gives writes. */
export async function prepareDeclarations(
  deps: ApplyDeps,
  input: { readonly declared: readonly Declared[]; readonly by: UserId },
  signal?: AbortSignal,
): Promise<PreparedDeclarations> {
  const { stores } = deps;
  const { declared, by } = input;
  const commits: (() => Applied)[] = [];
  const looked: LookedAt[] = [];
  const errors: DriftbellError[] = [];
  for (const one of declared) {
    try {
      commits.push(await prepareOne(one));
    } catch (thrown) {
      if (!isDriftbellError(thrown) || thrown.code === 'cancelled') throw thrown;
      errors.push(thrown);
    }
  }
  const failure = joinErrors(errors, { whole: 'models' });
  if (failure !== undefined) throw failure;
  return { looked, commit: () => stores.transaction(() => commits.map((commit) => commit())) };

  async function prepareOne(one: Declared): Promise<() => Applied> {
    const { settings, filters } = one;
    const model = stores.models.bySlug(settings.slug);
    const setFilters = (of: Model): void => {
      const [difference] = differencesOf([{ settings, filters }], [of]);
      if (difference?.changes.some(({ field }) => field === 'filters') !== true) return;
      stores.models.setFilters(of.id, filters);
      const facts = { before: of.filters ?? {}, after: filters };
      stores.audit.add({ at: deps.clock.now(), by, action: 'model.filters', subject: `model:${of.slug}`, facts });
    };
    // The slug of a retired model is taken, and registering says so.
    if (model === undefined || model.retiredAt !== undefined) {
      const register = await atPlace(one, prepareRegistration(deps, { settings, by }, signal));
      looked.push(...lookedAt(settings, register));
      return () => {
        const registration = register.commit();
        setFilters(registration.model);
        return { model: registration.model, range: registration.range };
      };
    }
    const edit = await atPlace(one, prepareEdit(deps, { model, settings, by }, signal));
    looked.push(...lookedAt(settings, edit));
    return () => {
      const edited = edit.commit();
      setFilters(model);
      return { model: edited.model, ...(edited.inspection && { range: edited.inspection.range }) };
    };
  }
}

/** Of twenty models in a file nobody could guess which one an error is about. */
export async function atPlace<T>({ settings, place }: Declared, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    if (place === undefined || !isDriftbellError(thrown) || thrown.code === 'cancelled') throw thrown;
    const { code, facts } = thrown;
    throw new DriftbellError(code, {
      ...facts,
      expected: `in ${place} (${settings.slug}) ${facts.expected}`,
      cause: thrown,
    });
  }
}

function lookedAt(settings: ModelSettings, { inspection }: Prepared<unknown>): LookedAt[] {
  return inspection === undefined ? [] : [{ settings, range: inspection.range }];
}

function sorted(fields: object): [string, unknown][] {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}

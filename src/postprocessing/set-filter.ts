import { type FilterOverrides, type FilterSettingName, filterSettingNames } from '../domain/filter-settings.ts';
import type { UserId } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import { type FilterSettings, withOwnersWord } from './settings.ts';

export interface SetFilterDeps {
  readonly stores: Pick<Stores, 'audit' | 'models' | 'transaction'>;
  readonly clock: Clock;
}

/** Sets one number of the filters of a model; undefined: the detector's again. It counts from the next window on. */
export function setFilter(
  { stores, clock }: SetFilterDeps,
  input: {
    readonly model: Model;
    readonly by: UserId;
    readonly name: FilterSettingName;
    readonly value: number | undefined;
  },
): Model {
  const { model, by, name, value } = input;
  const { [name]: before, ...others } = model.filters ?? {};
  const filters: FilterOverrides = value === undefined ? others : { ...others, [name]: value };
  stores.transaction(() => {
    stores.models.setFilters(model.id, filters);
    const facts = { setting: name, before: before ?? null, value: value ?? null };
    stores.audit.add({ at: clock.now(), by, action: 'model.filters', subject: `model:${model.slug}`, facts });
  });
  return { ...model, filters };
}

export interface EffectiveSetting {
  readonly name: FilterSettingName;
  /** Undefined: the detector has no such question. */
  readonly value: number | undefined;
  readonly from: 'detector' | 'budget' | 'owner';
}

/** Every number that counts for a model, and whose word it is. */
export function effectiveSettings(
  standard: FilterSettings,
  model: Pick<Model, 'filters' | 'budget'>,
): EffectiveSetting[] {
  const { rarity, ...plain } = withOwnersWord(standard, model);
  return filterSettingNames.map((name) => {
    const value = name === 'minimumRarity' ? rarity?.least : name === 'aloneRarity' ? rarity?.alone : plain[name];
    const isOwners = model.filters?.[name] !== undefined;
    const isLearned = model.budget?.calibrated?.setting === name;
    return { name, value, from: isOwners ? 'owner' : isLearned ? 'budget' : 'detector' };
  });
}

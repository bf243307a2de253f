import {
  type FilterSettingName,
  filterSettings,
  parseFilterSetting,
  parseSettingName,
  settingFlag,
} from '../src/domain/filter-settings.ts';
import type { Model } from '../src/domain/model.ts';
import { formatNumber } from '../src/messages/format-number.ts';
import { code, type Message, plainMessage, text } from '../src/messages/message.ts';
import { type EffectiveSetting, effectiveSettings, setFilter } from '../src/postprocessing/index.ts';
import { authorise } from './authorise.ts';
import { type CommandDeps, defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'filters <model> [setting] [value | default]';

interface FiltersInput {
  readonly slug: string;
  readonly change?: { readonly name: FilterSettingName; readonly value: number | undefined };
}

export const filters = defineCommand<FiltersInput>({
  name: 'filters',
  usage: USAGE,
  summary: 'Shows what the filters of a model ask of an anomaly, or sets one number of them.',
  examples: [
    'filters flight-delay',
    'filters flight-delay minimum-rows 200',
    'filters flight-delay minimum-rows default',
  ],
  role: 'viewer',
  about: 'model',
  parse: (args) => {
    refuseExtras(args, 3, [], USAGE);
    const slug = requireWord(args, 0, 'model', USAGE);
    const [, flag] = args.words;
    if (flag === undefined) return { slug };
    const typed = requireWord(args, 2, 'value', USAGE);
    if (typed.toLowerCase() === 'default') return { slug, change: { name: parseSettingName(flag), value: undefined } };
    const [name, value] = parseFilterSetting(flag, typed);
    return { slug, change: { name, value } };
  },
  run: async (deps, { slug, change }, { user }): Promise<Message> => {
    const model = findModel(deps.stores, slug);
    if (change === undefined) return filtersMessage(deps, model);
    await authorise(deps, { user, action: 'model.filters', need: 'owner', model });
    const changed = setFilter(deps, { model, by: user, ...change });
    const now = effectiveSettings(deps.filterSettings(changed), changed).find(({ name }) => name === change.name);
    return plainMessage(
      `${model.slug}: \`${settingFlag(change.name)}\` is ${now === undefined ? '' : wordsOf(now)}; it counts from the next window on.`,
    );
  },
});

function filtersMessage(deps: CommandDeps, model: Model): Message {
  const settings = effectiveSettings(deps.filterSettings(model), model);
  return {
    text: `Filters of ${model.slug}: ${settings.map((one) => `${settingFlag(one.name)} ${wordsOf(one)}`).join('; ')}.`,
    blocks: [
      { type: 'header', text: `Filters of ${model.slug}` },
      {
        type: 'list',
        items: settings.map((one) => [
          code(settingFlag(one.name)),
          text(` ${wordsOf(one)}: ${filterSettings[one.name].meaning}`),
        ]),
        overflowNote: 'settings',
      },
    ],
  };
}

const fromWords = { detector: 'the detector’s', budget: 'learned from the budget', owner: 'set by hand' } as const;

/** `1.3 (the detector’s)`. */
function wordsOf({ value, from }: EffectiveSetting): string {
  return value === undefined ? 'not asked' : `${formatNumber(value)} (${fromWords[from]})`;
}

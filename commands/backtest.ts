import { RECOVERY_WINDOWS } from '../src/alerting/index.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import {
  type FilterOverrides,
  filterSettingNames,
  filterSettings,
  parseFilterSetting,
  settingFlag,
} from '../src/domain/filter-settings.ts';
import { bold, type Message, plainMessage, sentence } from '../src/messages/message.ts';
import { backtest as runBacktest } from '../src/postprocessing/index.ts';
import { backtestSentences, replayedLine } from './backtest-words.ts';
import { defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'backtest <model> [--days 90] [--setting value]…';
const DEFAULT_DAYS = 90;
/** As long as statistics are kept by default. */
const MOST_DAYS = 730;
const FLAGS = filterSettingNames.map(settingFlag);

interface BacktestQuestion {
  readonly slug: string;
  readonly days: number;
  readonly changes: FilterOverrides;
}

export const backtest = defineCommand<BacktestQuestion>({
  name: 'backtest',
  usage: USAGE,
  summary:
    'Says what would have fired with other settings, before they are set: how many reports, which, and what votes said.',
  examples: ['backtest flight-delay', 'backtest flight-delay --days 30 --minimum-share-change 0.02'],
  role: 'viewer',
  about: 'model',
  isLong: true,
  options: [
    { name: 'days', value: 'days', summary: `of history, ${DEFAULT_DAYS} when absent` },
    ...filterSettingNames.map((name) => ({
      ...{ name: settingFlag(name), value: 'number', summary: filterSettings[name].meaning },
    })),
  ],
  parse: (args) => {
    refuseExtras(args, 1, ['days', ...FLAGS], USAGE);
    const { days = String(DEFAULT_DAYS), ...settings } = args.options;
    return {
      slug: requireWord(args, 0, 'model', USAGE),
      days: parseDays(days),
      changes: Object.fromEntries(Object.entries(settings).map(([flag, value]) => parseFilterSetting(flag, value))),
    };
  },
  run: async (deps, { slug, days, changes }): Promise<Message> => {
    const model = findModel(deps.stores, slug);
    const found = await runBacktest(
      { ...deps, settings: deps.filterSettings, recoveryWindows: RECOVERY_WINDOWS },
      { model, days, changes },
    );
    if (found === undefined) return plainMessage(`${slug} has no history yet: nothing can be replayed.`);
    const [headline = '', ...others] = backtestSentences(model, changes, found);
    const reports = found.changed.reports.toReversed().map((report) => sentence(replayedLine(report, model)));
    return {
      text: [headline, ...others].join(' '),
      blocks: [
        { type: 'paragraph', content: [bold(headline)] },
        ...(reports.length === 0
          ? []
          : [{ type: 'list' as const, items: reports, overflowNote: 'in `driftbell backtest`' }]),
        { type: 'context', content: sentence(others.join(' ')) },
      ],
    };
  },
});

/** Whole days. Throws `usage.invalid`. */
export function parseDays(typed: string): number {
  const days = Number(typed);
  if (/^\d+$/.test(typed) && days >= 1 && days <= MOST_DAYS) return days;
  throw new DriftbellError('usage.invalid', {
    expected: `whole days from 1 to ${MOST_DAYS}`,
    received: JSON.stringify(typed.slice(0, 40)),
    remedy: 'write a number such as 90',
  });
}

import type { JudgingRules } from '../domain/detector.ts';
import { filterSettingNames, filterSettings, settingFlag } from '../domain/filter-settings.ts';
import { filters } from './filters/index.ts';
import { type FilterSettings, filterSettingsOf, paperFilterSettings } from './settings.ts';

/**
 * docs/filters.md: every rule in its order, and every number that an owner may set. `judging`: the rules of the shipped
 * detector `driftbell`, whose threshold is that of `rarity`.
 */
export function filtersDocument(judging: Pick<JudgingRules, 'tailThreshold'>): string {
  const ours = filterSettingsOf({ configuration: 'driftbell', judging }, 'day');
  return [
    '# Filters',
    'Written from `src/postprocessing/filters` by `node --import tsx scripts/write-filters-document.mjs`; a test compares.',
    INTRODUCTION,
    [
      '| | Filter | What it asks | Unless the owner says otherwise | Why | Skipped by catastrophes |',
      '|---|---|---|---|---|---|',
      ...filters.map(({ name, sentence, standard, evidence, isSkippedByCatastrophe }, place) =>
        row([`${place + 1}`, name, sentence, standard, evidence, isSkippedByCatastrophe ? 'yes' : 'no']),
      ),
    ].join('\n'),
    AFTER_TABLE,
    [
      '| Setting | What it stands for | From | To | `paper` | `driftbell` |',
      '|---|---|---|---|---|---|',
      ...filterSettingNames.map((name) => {
        const { meaning, lowest, highest, isWhole } = filterSettings[name];
        const to = highest >= 1e9 ? 'any' : String(highest);
        const bounds = [`${lowest}`, isWhole && to !== 'any' ? `${to} (whole)` : to];
        return row([`\`${settingFlag(name)}\``, meaning, ...bounds, of(paperFilterSettings, name), of(ours, name)]);
      }),
    ].join('\n'),
    REST,
  ].join('\n\n');
}

function of(settings: FilterSettings, name: (typeof filterSettingNames)[number]): string {
  if (name === 'minimumRarity' || name === 'aloneRarity') {
    const level = name === 'minimumRarity' ? settings.rarity?.least : settings.rarity?.alone;
    return level === undefined ? 'not asked' : Math.round(level).toLocaleString('en-US');
  }
  return settings[name].toString();
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

const INTRODUCTION = `What the detector calls an anomaly is not yet news. Each anomaly of each series is asked every question of this table that
has a meaning for it, in this order, with what was known when the newest window was judged: no later window is looked at. It
is **told** when all agree, **dropped** when one of the judgements (1 to 12) says no, and **held** when the judgements agree but
something that people said (13 to 17) stands against it. A held finding is tracked and not told; a report that is open about it
stays open until the series returns.

All questions are asked, also after one has said no. Every answer is a row of the ledger, with what was seen and what was asked
for: \`/drift why <model> [column] [window]\` and \`driftbell why\` read it.

Rules that need no history (all missing, no rows, a column that is gone, a series that is stuck ...) skip what needs a band, a
second window or a probability, so that they are told on their first day.`;

const AFTER_TABLE = `A mute of a whole model is no filter: findings are told to the report and its messages wait.

## Numbers that an owner may set

\`/drift filters <model> <setting> <value>\` sets one for a model; \`default\` takes it back.`;

const REST = `## What is said twice

A column whose values go missing loses as much coverage. Where its coverage and its missing rate would both be told of a window,
one of them is: whoever was told first, then an outage, then the missing rate, unless more than a tenth of the lost coverage is of
something else, such as a default. The ledger has the other as \`said twice\`. Both are anomalies still: neither is taken for usual.

## False discoveries

A model of 500 healthy series shows one that is as rare as one in 1,000 windows every second day. So the columns of a window are
judged together: the series of one column move together and count as one hypothesis, with the Simes probability of their tails;
over the columns Benjamini and Hochberg (1995) adjust it, and an anomaly is told only if its column's adjusted probability is at
most the accepted rate. The procedure holds for independent columns and for positively dependent ones (Benjamini and Yekutieli
2001), which probabilities from one shared calibration are (Bates et al., arXiv 2104.08279). With few series it asks for less than
\`rarity\` already does. Detections without a tail probability, all of the detector \`paper\` among them, are not judged by it, and
rules that need no history pass it by.

## Alert budget

\`/drift budget <model> <reports a month>\` replays the stored judgements of the last 90 days, window by window, through filters and
grouping, and counts the reports. It takes the least strict threshold (\`minimum-rarity\`, or \`minimum-severity\` with a detector
without tail probabilities) whose count is within the wish, and never one below the detector's own. It needs 28 judged days.
What breaks a rule without history is judged by no threshold: where such reports alone exceed the wish, the answer says so. The
rate of reports that really came, over the checked windows of the last 90 days, is shown beside the wish.

## Patterns

| Pattern | When |
|---|---|
| flatline | The detector saw a series stuck that always scattered, or at least 5 values of the run are equal where at most half of the neighbours before it were. |
| outage | A rule that needs no history broke. |
| went live | At least 7 known windows before had nothing to tell (a coverage of at most 1 %, a count of 0, a value that never changed), and now it does. |
| trend | The detector saw a slow drift, or at least 5 values go on moving away from the baseline (Mann-Kendall z of at least 2.2) and their Theil-Sen line covers at least half of the departure. |
| level shift | It lasts for more than 3 windows (AlerTiger section 3.4). |
| developing | Shorter, and it goes on in the newest window. |
| spike | Shorter, and over. |

The first that holds is the word.

## Declared events

\`/drift event <model> <kind> <from> [to] <text>\` and \`driftbell event\` declare what people know: a \`deploy\`, a \`note\`, or something
\`expected\`. Only what is expected holds findings; a deploy does where \`deploy-windows\` says so. All are drawn in charts and named
in reports.

## A mute until it changes

It holds the findings that stand when it is set, each at its level: a value may move by half of its departure from the baseline,
and by half a width of the band at least. A series that goes further, or back, is told again from that window on; what joins is
told as ever. It ends after 90 days at the latest.
`;

/** Slack's limits for one message or view, in characters unless said otherwise. Nothing else in the project knows them. */
export const limits = {
  blocks: 50,
  /** Of a dialog or the home tab. */
  viewBlocks: 100,
  /** All text of all blocks together: beyond about 13,200 Slack answers `msg_blocks_too_long`. */
  messageChars: 13_000,
  /** `chat.update` refuses more than 4,000; ours stays clear of it. */
  fallbackChars: 3_000,
  headerChars: 150,
  sectionChars: 3_000,
  /** Fields of one section block. */
  fields: 10,
  fieldChars: 2_000,
  contextChars: 2_000,
  /** Elements of one actions block. */
  actions: 25,
  buttonChars: 75,
  accessibilityLabelChars: 75,
  valueChars: 2_000,
  /** Options of one menu. */
  options: 100,
  optionChars: 75,
  /** Slack's documents disagree (75 or 150): the smaller holds everywhere. */
  optionValueChars: 75,
  placeholderChars: 150,
  /** Title and buttons of a dialog. */
  viewTitleChars: 24,
  /** Label and hint of an input. */
  labelChars: 2_000,
  /** Of a field that takes several lines. */
  inputChars: 3_000,
  /** Under a field, more is not read. */
  fieldErrorChars: 500,
  confirmTitleChars: 100,
  confirmTextChars: 300,
  confirmButtonChars: 30,
  altTextChars: 2_000,
  imageTitleChars: 2_000,
  /** Of charts that Slack draws, since June 2026; the third in a message is refused. */
  chartsPerMessage: 2,
  chartTitleChars: 50,
  chartAxisChars: 50,
  chartCategories: 20,
  chartSeries: 6,
  /** Of a category or a series. */
  chartLabelChars: 20,
  urlChars: 3_000,
  /** Block ids and action ids. */
  idChars: 255,
} as const;

export { type AcknowledgeDeps, acknowledge } from './acknowledge.ts';
export { plainCauseLine } from './causes/index.ts';
export { createDelivery } from './create-delivery.ts';
export { type DeliverDeps, type DeliveryCounts, deliverDue } from './deliver.ts';
export { detailsMessage } from './details-message.ts';
export {
  collectDigest,
  type DigestDeps,
  type DigestLearning,
  digestChannels,
  digestMessage,
  postDigest,
} from './digest/index.ts';
export { enqueueReport } from './enqueue.ts';
export { currentFindings } from './finding-order.ts';
export { columnStory, findingStory } from './finding-story.ts';
export { RECOVERY_WINDOWS } from './lifecycle.ts';
export {
  columnChart,
  type ModelChartInput,
  modelStrips,
  newestWindow,
  overviewChart,
  type StripDeps,
  windowsUntil,
} from './model-charts.ts';
export { type MuteDeps, type MuteInput, mute, unmute } from './mute.ts';
export { createMuteWatch, tellEndedMutes } from './mute-ended.ts';
export { createPictures, drawPicture, type Picture, type PictureDeps, pictureBlocks } from './picture.ts';
export { type PresentDeps, presentReport } from './present.ts';
export { waitsUntil } from './quiet.ts';
export { release } from './release.ts';
export { reportById } from './report-by-id.ts';
export { type CauseDeps, reportCauses } from './report-causes.ts';
export { type ChartDeps, findingCharts, reportChart } from './report-charts.ts';
export { findingsMessage, reportMessage } from './report-message.ts';
export { type ReportView, tally } from './report-view.ts';
export { repostOpenReports } from './repost.ts';
export { type AlertingDeps, type AlertingResult, runAlerting } from './run.ts';
export { scopeWords } from './scope-words.ts';
export { type SettleDeps, settle } from './settle.ts';
export { summarySentence } from './summary-sentence.ts';
export { type Undelivered, undelivered, undeliveredWords } from './undelivered.ts';
export { wentBack } from './went-back.ts';
export { formatValue, seriesWords, severityMarks, stateMarks, voteReasonWords } from './words.ts';

export { EMPTY_CONTEXT, type Filter, type FilterContext, type FilterInput, NO_WINDOW_FACTS } from './filter.ts';
export { anomalousWithin } from './filters/duration.ts';
export { applyFilters, filters } from './filters/index.ts';
export { findFindings, type HeldFinding, type PostprocessingInput, type PostprocessingResult } from './findings.ts';
export { SPIKE_WINDOWS } from './patterns.ts';
export { type PostprocessingDeps, runPostprocessing } from './run.ts';
export {
  codeFilterSettings,
  type FilterSettings,
  filterSettingsOf,
  paperFilterSettings,
  withOwnersWord,
} from './settings.ts';
export { EMPTY_BAND_SEVERITY, severity } from './severity.ts';

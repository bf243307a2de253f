export { anomalousWithin } from './duration.ts';
export { applyFilters, filters } from './filters.ts';
export { findFindings, type PostprocessingInput, type PostprocessingResult, SPIKE_WINDOWS } from './findings.ts';
export { type PostprocessingDeps, runPostprocessing } from './run.ts';
export { codeFilterSettings, type FilterSettings, filterSettingsOf, paperFilterSettings } from './settings.ts';
export { EMPTY_BAND_SEVERITY, severity } from './severity.ts';

export type { Cause, CauseInput } from './cause.ts';
export { causeLine, plainCauseLine } from './cause-words.ts';
export { findCauses } from './find-causes.ts';

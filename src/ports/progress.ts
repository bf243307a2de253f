/** Told by long work: `done` of `total` steps, and a word on the step. */
export type Progress = (done: number, total: number, step: string) => void;

/** Name of the job that judges a window, in the table of runs. */
export const CHECK_JOB = 'check';

import type { Progress } from '../../ports/progress.ts';

/** Never tells of less than it told before: work that is done again, in another way of reading, is no step back. */
export function onward(progress: Progress | undefined): Progress {
  let furthest = 0;
  return (done, total, step) => {
    furthest = Math.max(furthest, done / total);
    progress?.(furthest * total, total, step);
  };
}

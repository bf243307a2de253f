import { runApart, usageWords } from './own-process.ts';

/** The README of the released code: 200 series of 365 days, 50 passes, on a notebook of eight cores. */
const REFERENCE_SECONDS = 660;
const EPOCHS = 50;

/** Both configurations on the reference's corpus and number of passes. */
export async function benchTrain(write: (line: string) => void): Promise<void> {
  for (const configuration of ['paper', 'code']) {
    const found = runApart<{ readonly series: number; readonly rows: number }>('train-run.ts', [
      configuration,
      String(EPOCHS),
    ]);
    const ratio = (REFERENCE_SECONDS / found.seconds).toFixed(0);
    write(`${configuration}, ${found.series} series, ${found.rows} windows, ${EPOCHS} passes: ${usageWords(found)}`);
    write(`  ${ratio} x as fast as the 11 minutes of the released code`);
  }
}

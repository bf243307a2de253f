export const healthStates = ['well', 'doubtful', 'ill'] as const;
export type HealthState = (typeof healthStates)[number];

/** What a doctor found of one part of Driftbell. */
export interface Examined {
  /** The part: `settings`, `database`, `model churn`. */
  readonly part: string;
  readonly state: HealthState;
  /** What was found, a sentence. */
  readonly text: string;
  /** What to do; absent where all is well. */
  readonly remedy?: string;
}

export function well(part: string, text: string): Examined {
  return { part, state: 'well', text };
}

export function doubtful(part: string, text: string, remedy: string): Examined {
  return { part, state: 'doubtful', text, remedy };
}

export function ill(part: string, text: string, remedy: string): Examined {
  return { part, state: 'ill', text, remedy };
}

/** `2 are ill, 1 is doubtful, 5 are well.` */
export function healthSummary(examined: readonly Examined[]): string {
  const words = healthStates.toReversed().flatMap((state) => {
    const count = examined.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? 'is' : 'are'} ${state}`];
  });
  return `${words.join(', ')}.`;
}

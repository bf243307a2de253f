/** AlerTiger section 3.3; but for what is ours, every number is the paper's default. */
export interface FilterSettings {
  /** Length of the detection window that duration counts in. */
  readonly durationWindows: number;
  /** Anomalous windows needed within it. */
  readonly minimumAnomalousWindows: number;
  /** abs(value - baseline) / (upper - lower) that an anomaly must reach; tuned on the paper's validation set. */
  readonly minimumSeverity: number;
  /** Change that a coverage, rate or share must show, as a part of the rows; ours, so that three odd rows are no news. */
  readonly minimumShareChange: number;
  /** Share of its group's traffic that a model must have; the paper's domain knowledge. */
  readonly minimumTrafficRatio: number;
}

export const paperFilterSettings: FilterSettings = {
  durationWindows: 3,
  minimumAnomalousWindows: 2,
  minimumSeverity: 1.3,
  minimumShareChange: 0.005,
  minimumTrafficRatio: 0.03,
};

/** What the inference of the code released with the paper asks for, where it differs from the paper. */
export const codeFilterSettings: FilterSettings = { ...paperFilterSettings, minimumSeverity: 1 };

/** All by the week in which they began. */
export interface Week {
  /** Reports without a finding that people care about, and that never had one that feedback took out of it. */
  falseReports: number;
  /** The same, of which feedback had taken the real part: what that costs is in the recall. */
  robbedReports: number;
  realReports: number;
  /** Runs of one series that were told although no incident that people care about was behind them. */
  falseFindings: number;
  /** Those with one behind them. */
  realFindings: number;
  incidents: number;
  found: number;
}

export function emptyWeek(): Week {
  return {
    ...{ falseReports: 0, robbedReports: 0, realReports: 0, falseFindings: 0, realFindings: 0 },
    ...{ incidents: 0, found: 0 },
  };
}

/** Of several models or worlds of equal length, week by week. */
export function sumWeeks(models: readonly (readonly Week[])[]): readonly Week[] {
  return (models[0] ?? []).map((_, week) => {
    const sum = emptyWeek();
    for (const name of Object.keys(sum) as (keyof Week)[]) {
      for (const weeks of models) sum[name] += weeks[week]?.[name] ?? 0;
    }
    return sum;
  });
}

import { join } from 'node:path';
import { readSeries, WINDOW_MS } from '../../../../src/cli/series-files.ts';
import { gridOf } from '../../../../src/cli/series-grid.ts';
import type { EvaluationSet } from '../../../../src/detection/index.ts';
import { weekCluster } from './week-cluster.ts';

/** Its two folders, each a set of its own: what is tuned on one is measured on the other. */
export const CLOUD_FOLDERS = ['application-crash-rate-1', 'middle-tier-api-dependency-latency'] as const;

export function loadCloudMonitoring(folder: string): Promise<readonly EvaluationSet[]> {
  return Promise.all(CLOUD_FOLDERS.map((name) => loadHourly(join(folder, name), name)));
}

/** Any folder of labelled hourly series; series of one folder share incidents. */
async function loadHourly(folder: string, name: string): Promise<EvaluationSet> {
  const files = await readSeries([folder], 'hour');
  return {
    name,
    granularity: 'hour',
    series: files.map((file) => ({
      ...gridOf(file, 'hour'),
      unit: file.name,
      firstMs: file.points[0]?.startMs ?? 0,
      clusterAt: weekCluster(name, file.points[0]?.startMs ?? 0, WINDOW_MS.hour),
    })),
  };
}

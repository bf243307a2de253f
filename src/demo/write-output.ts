import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeclaredEvent } from '../domain/model.ts';
import type { PostedMessage, Report } from '../domain/report.ts';
import type { Workspace } from '../workspace/index.ts';
import { type DemoSummary, eventsOfReport } from './summary.ts';

export interface DemoOutput {
  readonly folder: string;
  readonly reports: readonly Report[];
  readonly events: readonly DeclaredEvent[];
  readonly summary: DemoSummary;
  readonly posted: (report: Report) => PostedMessage | undefined;
  readonly workspace: Workspace;
}

/** Writes `report.json`, and of each report the Block Kit payload and the picture as the chat got them. */
export async function writeOutput(output: DemoOutput): Promise<void> {
  const { folder, reports, workspace } = output;
  await mkdir(folder, { recursive: true });
  for (const report of reports) {
    const posted = output.posted(report);
    const message = posted && workspace.state.message(posted.channel, posted.ts);
    if (message === undefined) continue;
    const { text, blocks } = message;
    await writeWhole(join(folder, `report-${report.id}.blocks.json`), JSON.stringify({ text, blocks }, null, 2));
    for (const fileId of fileIds(blocks)) {
      const name = workspace.state.file(fileId)?.name ?? '';
      const picture = await fetch(`${workspace.url}/files/${fileId}/${encodeURIComponent(name)}`);
      if (picture.ok)
        await writeWhole(join(folder, `report-${report.id}.png`), new Uint8Array(await picture.arrayBuffer()));
    }
  }
  await writeWhole(join(folder, 'report.json'), `${JSON.stringify(asJson(output), null, 2)}\n`);
}

function asJson({ reports, events, summary }: DemoOutput) {
  return {
    windows: summary.windows,
    incidents: summary.incidents.map(({ incident, isLookedAt, report, delayWindows, reason }) => ({
      ...incident,
      lookedAt: isLookedAt,
      found: report !== undefined,
      report: report?.id ?? null,
      delayWindows: delayWindows ?? null,
      whyMissed: reason ?? null,
    })),
    reports: reports.map((report) => ({
      id: report.id,
      state: report.state,
      severity: report.severity,
      opened: report.opened.key,
      latest: report.latest.key,
      resolved: report.resolved?.key ?? null,
      injected: eventsOfReport(events, report).map(({ text }) => text),
      findings: report.findings.map((finding) => ({
        segment: finding.series.segment,
        column: finding.series.column,
        statistic: finding.series.statistic,
        from: finding.from.key,
        to: finding.to.key,
        pattern: finding.pattern,
        rule: finding.rule,
        severity: finding.severity,
        value: finding.worst.value,
        baseline: finding.worst.forecast?.baseline ?? null,
        lower: finding.worst.forecast?.lower ?? null,
        upper: finding.worst.forecast?.upper ?? null,
      })),
    })),
  };
}

function fileIds(blocks: unknown): string[] {
  return [...JSON.stringify(blocks).matchAll(/"slack_file":\{"id":"([^"]+)"/g)].map((match) => match[1] ?? '');
}

/** Under a temporary name first: a reader never meets half a file. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.part`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}

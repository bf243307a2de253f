/** Looks at what `driftbell demo --once --output DIR` left: reports, pictures, and blocks within Slack's limits. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MOST_BLOCKS = 50;
const MOST_CHARACTERS = 13_000;
const SMALLEST_PICTURE_BYTES = 10_000;
const PNG_SIGNATURE = '89504e470d0a1a0a';

const folder = process.argv[2];
const problems = [];
const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
const files = readdirSync(folder);
const pictures = files.filter((name) => name.endsWith('.png'));
const payloads = files.filter((name) => name.endsWith('.blocks.json'));

if (report.reports.length === 0) problems.push('report.json has no report');
if (payloads.length !== report.reports.length)
  problems.push(`${payloads.length} payloads for ${report.reports.length} reports`);
if (pictures.length === 0) problems.push('there is no picture');
for (const name of pictures) {
  const bytes = readFileSync(join(folder, name));
  if (bytes.subarray(0, 8).toString('hex') !== PNG_SIGNATURE) problems.push(`${name} is not a PNG`);
  if (statSync(join(folder, name)).size < SMALLEST_PICTURE_BYTES) problems.push(`${name} is under 10 kB`);
}
for (const name of payloads) {
  const text = readFileSync(join(folder, name), 'utf8');
  const { blocks } = JSON.parse(text);
  if (blocks.length > MOST_BLOCKS) problems.push(`${name} has ${blocks.length} blocks`);
  if (JSON.stringify(blocks).length > MOST_CHARACTERS) problems.push(`${name} has over ${MOST_CHARACTERS} characters`);
}
for (const incident of report.incidents.filter(({ kind }) => kind === 'injected')) {
  if (!incident.found) problems.push(`the injected fault "${incident.name}" was not found`);
}
for (const problem of problems) process.stderr.write(`demo output: ${problem}\n`);
if (problems.length === 0)
  process.stdout.write(`demo output: ${payloads.length} reports and ${pictures.length} pictures are in order\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

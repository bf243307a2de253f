import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { DriftbellError, describeThrown, isDriftbellError } from '../domain/errors.ts';
import type { PostedMessage } from '../domain/report.ts';
import type { Chat } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import { fromSlackError, slackErrorName } from './errors.ts';

export interface UploadDeps {
  readonly client: WebClient;
  readonly clock: Clock;
}

type Image = Parameters<Chat['uploadImage']>[0];

/** Uploads are small (a chart is about 100 kB); longer than this and something is stuck. */
const UPLOAD_TIMEOUT_MS = 15_000;
/** Slack fills in the type of a file some time after it said that it has it; before that, messages refuse it. */
const FIRST_LOOK_MS = 300;
const LOOKS_GROW_BY = 1.6;
const LONGEST_WAIT_MS = 5_000;
const MOST_WAITED_MS = 30_000;
/** Most files are usable after this long; one that is not costs the message its picture, not its text. */
const BLIND_WAIT_MS = 5_000;

const UploadTarget = z.object({ upload_url: z.url(), file_id: z.string() });
const FileInfo = z.object({ file: z.object({ mimetype: z.string().optional(), shares: z.unknown() }) });
/** By visibility, then by channel. */
const Shares = z.record(z.string(), z.record(z.string(), z.unknown()));

/**
 * A private file for use inside messages. The description goes into the image block, where readers hear it: what the
 * library sends at file level is not an argument that Slack knows. What is lost on the way is sent once more, as a file
 * of its own: a file that nobody shows harms nobody.
 */
export async function uploadImage(deps: UploadDeps, image: Image): Promise<string> {
  const fileId = await hideFile(deps, image).catch((thrown: unknown) => {
    if (isDriftbellError(thrown) && thrown.code === 'slack.unreachable') return hideFile(deps, image);
    throw thrown;
  });
  await untilUsable(deps, fileId);
  return fileId;
}

/**
 * A file that people open from a thread. Slack may say that all is well and show it nowhere, so it is looked for, and
 * sent once more where it is not to be seen.
 */
export async function shareFile(
  deps: UploadDeps,
  file: Parameters<Chat['shareFile']>[0],
  place: PostedMessage,
): Promise<void> {
  const isSeen = await shareOnce(deps, file, place);
  if (isSeen || (await shareOnce(deps, file, place))) return;
  throw new DriftbellError('slack.unreachable', {
    expected: `${file.filename} to be shown in its thread`,
    received: 'a file that no channel shows',
    remedy: 'wait: it is sent again later',
  });
}

async function shareOnce(
  deps: UploadDeps,
  file: Parameters<Chat['shareFile']>[0],
  { channel, ts }: PostedMessage,
): Promise<boolean> {
  const fileId = await sendFile(deps, file);
  await call('files.completeUploadExternal', () =>
    deps.client.files.completeUploadExternal({
      files: [{ id: fileId, title: file.title }],
      channel_id: channel,
      thread_ts: ts,
    }),
  );
  return waitFor(deps, fileId, ({ shares }) => {
    const parsed = Shares.safeParse(shares);
    return parsed.success && Object.values(parsed.data).some((channels) => channel in channels);
  });
}

async function sendFile(
  { client }: Pick<UploadDeps, 'client'>,
  { filename, bytes }: { readonly filename: string; readonly bytes: Uint8Array },
): Promise<string> {
  const target = await call('files.getUploadURLExternal', async () =>
    UploadTarget.parse(await client.files.getUploadURLExternal({ filename, length: bytes.byteLength })),
  );
  await sendBytes(target.upload_url, bytes);
  return target.file_id;
}

async function hideFile({ client }: UploadDeps, { filename, png }: Image): Promise<string> {
  const fileId = await sendFile({ client }, { filename, bytes: png });
  await call('files.completeUploadExternal', () =>
    client.files.completeUploadExternal({ files: [{ id: fileId, title: filename }] }),
  );
  return fileId;
}

/** There is no official sign; what people found is that messages take a file once its type is known. */
async function untilUsable(deps: UploadDeps, fileId: string): Promise<void> {
  const isUsable = await waitFor(deps, fileId, ({ mimetype }) => mimetype !== undefined && mimetype !== '');
  if (isUsable) return;
  throw new DriftbellError('slack.unreachable', {
    expected: `file ${fileId} to become usable`,
    received: `no type for it within ${MOST_WAITED_MS / 1000} s`,
    remedy: 'wait: the picture is uploaded anew with the next change of the report',
  });
}

type SeenFile = z.output<typeof FileInfo>['file'];

/** Looks at a file until it is as it should be; false when it never was. True without a look where looking is forbidden. */
async function waitFor(
  { client, clock }: UploadDeps,
  fileId: string,
  isFine: (file: SeenFile) => boolean,
): Promise<boolean> {
  let waitMs = FIRST_LOOK_MS;
  for (let waitedMs = 0; waitedMs < MOST_WAITED_MS; waitedMs += waitMs) {
    waitMs = waitedMs === 0 ? FIRST_LOOK_MS : Math.min(waitMs * LOOKS_GROW_BY, LONGEST_WAIT_MS);
    await clock.sleep(waitMs);
    const seen = await look(client, fileId, isFine);
    if (seen === 'fine') return true;
    if (seen === 'forbidden') {
      await clock.sleep(BLIND_WAIT_MS);
      return true;
    }
    if (seen !== 'unready' && seen.askedMs > 0) {
      await clock.sleep(seen.askedMs);
      waitedMs += seen.askedMs;
    }
  }
  return false;
}

type Look = 'fine' | 'unready' | 'forbidden' | { readonly askedMs: number };

/** A look that fails is no sign of the file; without the scope for looking, only waiting is left. */
async function look(client: WebClient, fileId: string, isFine: (file: SeenFile) => boolean): Promise<Look> {
  try {
    const { file } = await call('files.info', async () => FileInfo.parse(await client.files.info({ file: fileId })));
    return isFine(file) ? 'fine' : 'unready';
  } catch (thrown) {
    if (slackErrorName(thrown) === 'missing_scope') return 'forbidden';
    if (isDriftbellError(thrown) && thrown.code === 'slack.unreachable') return 'unready';
    if (isDriftbellError(thrown) && thrown.code === 'slack.rate_limited') {
      return { askedMs: (thrown.facts.retryAfterSeconds ?? 0) * 1_000 };
    }
    throw thrown;
  }
}

async function sendBytes(url: string, png: Uint8Array): Promise<void> {
  const signal = AbortSignal.timeout(UPLOAD_TIMEOUT_MS);
  const response = await fetch(url, { method: 'POST', body: Uint8Array.from(png), signal }).catch((cause: unknown) => {
    throw uploadFailed(describeThrown(cause), cause);
  });
  await response.arrayBuffer().catch(() => undefined);
  if (!response.ok) throw uploadFailed(`HTTP ${response.status}`, undefined);
}

function uploadFailed(received: string, cause: unknown): DriftbellError {
  return new DriftbellError('slack.unreachable', {
    expected: 'Slack to take the bytes of a picture',
    received,
    remedy: 'wait: the picture is uploaded again later',
    cause,
  });
}

async function call<Answer>(name: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (thrown) {
    throw fromSlackError(thrown, name);
  }
}

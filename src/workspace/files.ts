import type { FileReference } from './blocks/validate.ts';
import type { Core } from './core.ts';
import { HttpRefusal } from './errors.ts';
import type { Json, StoredFile } from './records.ts';

export const filePath = '/files/';
export const uploadPath = '/upload/';

const signatures = [
  { extension: 'png', mimetype: 'image/png', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { extension: 'jpg', mimetype: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff]) },
  { extension: 'gif', mimetype: 'image/gif', bytes: Buffer.from('GIF8') },
] as const;

/** Takes the bytes for a file announced by files.getUploadURLExternal. */
export function receiveUpload(core: Core, id: string, bytes: Buffer): void {
  const file = core.state.file(id);
  if (!file || file.state === 'complete') throw new HttpRefusal(`expected an open upload, got ${id}`, { status: 404 });
  if (bytes.length !== file.size) {
    throw new HttpRefusal(`expected ${file.size} bytes as announced, got ${bytes.length}; send the announced length`, {
      status: 400,
    });
  }
  const kind = signatures.find((one) => bytes.subarray(0, one.bytes.length).equals(one.bytes));
  const extension = file.name.toLowerCase().split('.').at(-1)?.replace('jpeg', 'jpg');
  const named = signatures.find((one) => one.extension === extension);
  if (named && named !== kind) {
    throw new HttpRefusal(`expected the bytes of a ${named.extension} for ${file.name}, got something else`, {
      status: 400,
    });
  }
  core.fileBytes.set(id, bytes);
  const mimetype = kind?.mimetype ?? 'application/octet-stream';
  core.store.apply({ type: 'file.put', file: { ...file, mimetype, state: 'uploaded' } });
}

export function isReady(core: Core, file: StoredFile): boolean {
  return file.state === 'complete' && core.now() >= file.readyAt;
}

export function isReadyImage(core: Core, reference: FileReference): boolean {
  const file = reference.id ? core.state.file(reference.id) : fileAt(core, reference.url ?? '');
  return file !== undefined && isReady(core, file) && file.mimetype.startsWith('image/');
}

export function fileUrl(core: Core, file: StoredFile): string {
  return `${core.url}${filePath}${file.id}/${encodeURIComponent(file.name)}`;
}

/** A file as files.info shows it; mimetype and filetype stay empty until Slack has looked at the bytes. */
export function fileJson(core: Core, file: StoredFile): Json {
  const ready = isReady(core, file);
  const extension = signatures.find((one) => one.mimetype === file.mimetype)?.extension ?? 'binary';
  const shares: Record<string, Json[]> = {};
  const reported = core.now() >= file.sharesAt ? file.shares : [];
  for (const { channel, ts } of reported) {
    shares[channel] ??= [];
    shares[channel].push({ ts, reply_count: 0, reply_users: [], channel_name: core.state.channel(channel)?.name });
  }
  const seconds = Math.floor(file.createdAt / 1_000);
  return {
    id: file.id,
    created: seconds,
    timestamp: seconds,
    name: file.name,
    title: file.title,
    mimetype: ready ? file.mimetype : '',
    filetype: ready ? extension : '',
    pretty_type: ready ? extension.toUpperCase() : '',
    user: file.user,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    is_public: file.shares.length > 0,
    public_url_shared: false,
    url_private: fileUrl(core, file),
    url_private_download: fileUrl(core, file),
    permalink: fileUrl(core, file),
    channels: [...new Set(file.shares.map((share) => share.channel))],
    groups: [],
    ims: [],
    shares: reported.length > 0 ? { public: shares } : {},
    ...(file.altText ? { alt_txt: file.altText } : {}),
  };
}

function fileAt(core: Core, url: string): StoredFile | undefined {
  return core.state.files().find((file) => fileUrl(core, file) === url);
}

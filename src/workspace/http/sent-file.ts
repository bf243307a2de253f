import type { ServerResponse } from 'node:http';
import type { Shared } from '../core.ts';
import { HttpRefusal } from '../errors.ts';

/** The bytes of a complete file of any workspace, by the part of the address after `/files/`. */
export function sendFile({ teams }: Shared, rest: string, response: ServerResponse): void {
  const id = rest.split('/')[0] ?? '';
  const core = teams.find((team) => team.state.file(id));
  const file = core?.state.file(id);
  const bytes = core?.fileBytes.get(id);
  if (file?.state !== 'complete' || !bytes) throw new HttpRefusal(`no such file: ${id}`, { status: 404 });
  const isImage = file.mimetype.startsWith('image/');
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': bytes.length,
    'content-disposition': isImage ? 'inline' : 'attachment',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=3600',
  });
  response.end(bytes);
}

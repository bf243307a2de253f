import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { HttpRefusal } from '../errors.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The page may talk to its own origin only and run its own scripts only. */
const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export async function sendPageAsset(response: ServerResponse, directory: string, asset: string): Promise<void> {
  const type = types[path.extname(asset)];
  if (!type || !/^[\w-]+(\/[\w-]+)?\.\w+$/.test(asset)) throw new HttpRefusal('no such page asset', { status: 404 });
  let bytes: Buffer;
  try {
    bytes = await readFile(path.join(directory, asset));
  } catch (cause) {
    throw new HttpRefusal(`expected the page asset ${asset} in the page folder, found none`, { status: 404, cause });
  }
  response.writeHead(200, {
    'content-type': type,
    'content-length': bytes.length,
    'content-security-policy': contentPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  });
  response.end(bytes);
}

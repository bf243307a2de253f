import type { IncomingMessage } from 'node:http';
import { isObject } from '../blocks/walk.ts';
import { HttpRefusal } from '../errors.ts';
import type { Json } from '../records.ts';

/** Reads a body; past the cap it is drained without being kept, so that the sender can read the refusal. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= maxBytes) chunks.push(bytes);
    else chunks.length = 0;
    if (size > maxBytes * 4) break;
  }
  if (size > maxBytes)
    throw new HttpRefusal(`expected at most ${maxBytes} bytes, got more; send a smaller body`, { status: 413 });
  return Buffer.concat(chunks);
}

/** Arguments of a Web API call: JSON, form fields, and the query string. */
export function parseArgs(contentType: string, body: Buffer, query: URLSearchParams): Json {
  const fromQuery = Object.fromEntries(query);
  if (contentType.startsWith('application/json')) return { ...fromQuery, ...parseJson(body) };
  return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
}

export function parseJson(body: Buffer): Json {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8') || '{}');
  } catch (cause) {
    throw new HttpRefusal(`expected a JSON object, got ${body.length} bytes that do not parse`, { status: 400, cause });
  }
  if (!isObject(value)) throw new HttpRefusal('expected a JSON object, got another JSON value', { status: 400 });
  return value;
}

/** The uploaded bytes: the first file part of a multipart body, or the body itself. */
export async function uploadedBytes(contentType: string, body: Buffer): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch (cause) {
    throw new HttpRefusal('expected a multipart form, got bytes that do not parse', { status: 400, cause });
  }
  for (const [, part] of form) {
    if (typeof part !== 'string') return Buffer.from(await part.arrayBuffer());
  }
  throw new HttpRefusal('expected a multipart form with a file part, got none', { status: 400 });
}

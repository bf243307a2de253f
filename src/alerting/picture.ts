import { createHash } from 'node:crypto';
import type { ChartRequest } from '../domain/chart-request.ts';
import type { ChartTable } from '../domain/chart-table.ts';
import { type DriftbellError, describeThrown, isDriftbellError } from '../domain/errors.ts';
import type { MessageBlock } from '../messages/message.ts';
import type { ChartRenderer } from '../ports/chart-renderer.ts';
import type { Chat } from '../ports/chat.ts';
import type { Logger } from '../ports/logger.ts';
import { chartTable } from './chart-table.ts';

export interface PictureDeps {
  readonly charts: ChartRenderer;
  readonly chat: Pick<Chat, 'uploadImage'>;
  readonly logger: Logger;
}

/** A chart as it can be shown: as a file where there is one, else as numbers, in any case in words. */
export interface Picture {
  /** Of the uploaded file, once it may be used inside a message. */
  readonly fileId?: string;
  readonly altText: string;
  readonly table?: ChartTable;
  /** Why there is no file. */
  readonly failure?: DriftbellError;
}

/** Draws a chart and uploads it. Never throws for a picture that fails: its words and its numbers are left. */
export async function drawPicture(
  { charts, chat, logger }: PictureDeps,
  request: ChartRequest,
  name: string,
): Promise<Picture> {
  const described = describedPicture({ altText: charts.describe(request) }, request);
  try {
    const { png, altText } = await charts.render(request);
    const fileId = await chat.uploadImage({ filename: `${name}.png`, png, altText });
    return { ...described, fileId };
  } catch (thrown) {
    logger.warn({ chart: name, error: describeThrown(thrown) }, 'A chart was left out.');
    return { ...described, ...(isDriftbellError(thrown) ? { failure: thrown } : {}) };
  }
}

/** Uploaded pictures that are known by what they show: a few hundred bytes each. */
const MOST_REMEMBERED = 200;

/** Draws what people ask for. The same request is drawn and uploaded once, also when it comes twice at the same time. */
export function createPictures(deps: PictureDeps): (request: ChartRequest, name: string) => Promise<Picture> {
  const pictures = new Map<string, Promise<Picture>>();
  return (request, name) => {
    const key = createHash('sha256').update(JSON.stringify(request)).digest('base64');
    const picture = pictures.get(key) ?? drawPicture(deps, request, name);
    // The youngest stands last, so that the first key is always the oldest.
    pictures.delete(key);
    pictures.set(key, picture);
    for (const oldest of pictures.keys()) {
      if (pictures.size <= MOST_REMEMBERED) break;
      pictures.delete(oldest);
    }
    void picture.then(({ fileId }) => fileId === undefined && pictures.get(key) === picture && pictures.delete(key));
    return picture;
  };
}

/** A picture with the numbers of its request beside it. */
export function describedPicture(
  { fileId, altText }: Pick<Picture, 'fileId' | 'altText'>,
  request: ChartRequest,
): Picture {
  const table = chartTable(request);
  return { altText, ...(fileId === undefined ? {} : { fileId }), ...(table === undefined ? {} : { table }) };
}

/** The picture inside a message; without a file the chat draws it, and without numbers its words say it. */
export function pictureBlocks({ fileId, altText, table }: Picture): MessageBlock[] {
  if (fileId !== undefined) return [{ type: 'image', fileId, altText, ...(table === undefined ? {} : { table }) }];
  if (table !== undefined) return [{ type: 'chart', table, altText }];
  return [{ type: 'context', content: [{ type: 'text', text: `Chart unavailable. ${altText}` }] }];
}

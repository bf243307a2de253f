import { z } from 'zod';
import { parseContent } from '../content.ts';
import type { Core } from '../core.ts';
import { SlackRefusal } from '../errors.ts';
import { fileJson, uploadPath } from '../files.ts';
import type { Message, StoredFile } from '../records.ts';
import { CountArg, JsonArg, type Method, method, requireChannel, requireMembership } from './method.ts';

const FileList = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

export const fileMethods: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': method(
    z.object({ filename: z.string().optional(), length: CountArg, alt_txt: z.string().optional() }),
    (core, args) => {
      if (!args.filename || !args.length) {
        throw new SlackRefusal('missing_argument', ['expected filename and a length above 0']);
      }
      if ((args.alt_txt?.length ?? 0) > 1_000) throw new SlackRefusal('alt_txt_too_large');
      if (args.length > core.limits.bodyBytes) throw new SlackRefusal('file_upload_size_restricted');
      const id = core.ids.next('F');
      const file: StoredFile = {
        id,
        name: args.filename,
        title: args.filename,
        altText: args.alt_txt ?? '',
        size: args.length,
        user: core.identity.botUserId,
        createdAt: core.now(),
        mimetype: '',
        state: 'expected',
        readyAt: Number.POSITIVE_INFINITY,
        sharesAt: Number.POSITIVE_INFINITY,
        shares: [],
      };
      core.store.apply({ type: 'file.put', file });
      return { upload_url: `${core.url}${uploadPath}${id}`, file_id: id };
    },
  ),

  'files.completeUploadExternal': method(
    z.object({
      files: JsonArg,
      channel_id: z.string().optional(),
      thread_ts: z.string().optional(),
      initial_comment: z.string().optional(),
      blocks: JsonArg.optional(),
    }),
    (core, args, { isShareLost }) => {
      const list = FileList.safeParse(args.files);
      if (!list.success)
        throw new SlackRefusal('invalid_arguments', ['expected a list of file ids [json-pointer:/files]']);
      const done = list.data.map(({ id, title }) => {
        const file = core.state.file(id);
        if (file?.state !== 'uploaded') throw new SlackRefusal('file_not_found');
        const readyAt = core.now() + core.limits.fileReadyDelayMs;
        const sharesAt = core.now() + core.limits.fileSharesDelayMs;
        return { ...file, title: title ?? file.title, state: 'complete', readyAt, sharesAt } satisfies StoredFile;
      });
      const channel = args.channel_id ? requireChannel(core, args.channel_id) : undefined;
      if (channel?.isArchived) throw new SlackRefusal('is_archived');
      if (channel) requireMembership(core, channel);
      for (const file of done) core.store.apply({ type: 'file.put', file });
      if (channel && !isShareLost) share(core, done, channel.id, args);
      return { files: done.map((file) => fileJson(core, core.state.file(file.id) ?? file)) };
    },
  ),

  'files.info': method(z.object({ file: z.string().optional() }), (core, args) => ({
    file: fileJson(core, completeFile(core, args.file)),
    comments: [],
    response_metadata: { next_cursor: '' },
  })),

  'files.delete': method(z.object({ file: z.string().optional() }), (core, args) => {
    const { id } = completeFile(core, args.file);
    core.fileBytes.delete(id);
    core.store.apply({ type: 'file.removed', id });
    return {};
  }),
};

type ShareArgs = {
  readonly thread_ts?: string | undefined;
  readonly initial_comment?: string | undefined;
  readonly blocks?: unknown;
};

function share(core: Core, files: readonly StoredFile[], channel: string, args: ShareArgs): void {
  const useBlocks = args.initial_comment === undefined && args.blocks !== undefined;
  const blocks = useBlocks ? parseContent(core, { blocks: args.blocks }, 'post').blocks : [];
  const message: Message = {
    channel,
    ts: core.ids.ts(),
    user: core.identity.botUserId,
    isFromApp: true,
    text: args.initial_comment ?? '',
    blocks,
    ...(args.thread_ts ? { threadTs: args.thread_ts } : {}),
    isBroadcast: false,
    reactions: [],
    fileIds: files.map((file) => file.id),
  };
  for (const file of files) {
    const shares = [...file.shares, { channel, ts: message.ts }];
    core.store.apply({ type: 'file.put', file: { ...file, shares } });
  }
  core.store.apply({ type: 'message.put', message });
}

function completeFile(core: Core, id: string | undefined): StoredFile {
  const file = core.state.file(id ?? '');
  if (file?.state !== 'complete') throw new SlackRefusal('file_not_found');
  return file;
}

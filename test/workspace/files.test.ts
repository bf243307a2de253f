import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/workspace/index.ts';
import { channelId, startApp, startWorkspace } from './bolt-app.ts';
import { uploadPicture } from './page-app.ts';
import { call } from './raw-client.ts';
import { samplePng } from './sample-png.ts';

let workspace: Workspace;
let app: App;
let clock: number;
let channel: string;
const png = samplePng(40, 20);

beforeEach(async () => {
  clock = 1_700_000_000_000;
  workspace = await startWorkspace({ now: () => clock });
  app = await startApp(workspace, () => {});
  channel = channelId(workspace, 'ml-health');
});
afterEach(async () => {
  await app.stop();
  await workspace.close();
});

async function announce(length: number, filename = 'chart.png') {
  const { upload_url: url, file_id: id } = await call(workspace, 'files.getUploadURLExternal', { filename, length });
  return { url: String(url), id: String(id) };
}

function send(url: string, bytes: Buffer): Promise<Response> {
  return fetch(url, { method: 'POST', body: new Uint8Array(bytes) });
}

describe('a file', () => {
  it('can be shown in a message only after it became ready', async () => {
    const id = await uploadPicture(app, png);
    const blocks = [{ type: 'divider' }, { type: 'image', slack_file: { id }, alt_text: 'chart' }];

    const early = await call(workspace, 'chat.postMessage', { channel, text: 't', blocks });
    const before = await app.client.files.info({ file: id });
    clock += 300;
    const after = await app.client.files.info({ file: id });
    const late = await call(workspace, 'chat.postMessage', { channel, text: 't', blocks });

    expect(early).toMatchObject({
      error: 'invalid_blocks',
      errors: ['invalid slack file [json-pointer:/blocks/1/slack_file]'],
    });
    expect(before.file?.mimetype).toBe('');
    expect(after.file).toMatchObject({ mimetype: 'image/png', filetype: 'png', size: png.length });
    expect(late.ok).toBe(true);
  });

  it('is served at its url_private', async () => {
    const id = await uploadPicture(app, png);
    const info = await app.client.files.info({ file: id });

    const response = await fetch(info.file?.url_private ?? '');

    expect(response.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await response.arrayBuffer()).equals(png)).toBe(true);
  });

  it('arrives through the SDK helper and is shared where it was asked to be', async () => {
    await app.client.filesUploadV2({
      channel_id: channel,
      file: png,
      filename: 'chart.png',
      title: 'Chart',
      initial_comment: 'see',
    });

    const message = workspace.state.messages(channel).at(-1);
    const file = workspace.state.file(message?.fileIds[0] ?? '');
    expect(message).toMatchObject({ text: 'see', fileIds: [expect.stringMatching(/^F[A-Z0-9]{8,}$/)] });
    expect(file).toMatchObject({ title: 'Chart', shares: [{ channel, ts: message?.ts }] });
  });

  it('is refused when its length or its first bytes are not what was announced', async () => {
    const short = await announce(png.length + 1);
    const fake = await announce(3);
    const once = await announce(png.length);
    await send(once.url, png);
    await call(workspace, 'files.completeUploadExternal', { files: [{ id: once.id }] });

    const shortAnswer = await send(short.url, png);
    const fakeAnswer = await send(fake.url, Buffer.from('abc'));
    const again = await send(once.url, png);

    expect([shortAnswer.status, await shortAnswer.text()]).toEqual([
      400,
      expect.stringContaining(`expected ${png.length + 1} bytes`),
    ]);
    expect([fakeAnswer.status, await fakeAnswer.text()]).toEqual([
      400,
      expect.stringContaining('expected the bytes of a png'),
    ]);
    expect(again.status).toBe(404);
  });

  it('cannot be completed before its bytes came, and is gone after delete', async () => {
    const { id } = await announce(png.length);
    const ready = await uploadPicture(app, png);

    const empty = await call(workspace, 'files.completeUploadExternal', { files: [{ id }] });
    await call(workspace, 'files.delete', { file: ready });

    expect(empty).toMatchObject({ error: 'file_not_found' });
    expect(await call(workspace, 'files.info', { file: ready })).toMatchObject({ error: 'file_not_found' });
    expect((await fetch(`${workspace.url}/files/${ready}`)).status).toBe(404);
  });

  it('takes alt_txt and loses the alt_text that is no argument', async () => {
    const kept = await call(workspace, 'files.getUploadURLExternal', { filename: 'a.png', length: 9, alt_txt: 'kept' });
    const lost = await call(workspace, 'files.getUploadURLExternal', {
      filename: 'a.png',
      length: 9,
      alt_text: 'lost',
    });

    expect(workspace.state.file(String(kept.file_id))?.altText).toBe('kept');
    expect(workspace.state.file(String(lost.file_id))?.altText).toBe('');
  });
});

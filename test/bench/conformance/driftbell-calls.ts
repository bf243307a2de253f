import type { Message } from '../../../src/messages/message.ts';
import { plainMessage } from '../../../src/messages/message.ts';
import { ANNA, type SlackBench } from '../../slack/slack-bench.ts';
import { tinyPng } from '../../slack/tiny-png.ts';

/** What Driftbell itself asks of Slack: a report with its picture, its edits and thread, answers to people. */
export async function driftbellCalls({ chat, workspace, channel }: SlackBench): Promise<void> {
  const fileId = await chat.uploadImage({ filename: 'chart.png', png: tinyPng(), altText: 'a chart' });
  const report: Message = {
    text: 'Score mean fell 18 %.',
    blocks: [
      { type: 'header', text: 'Critical' },
      { type: 'image', fileId, altText: 'score mean 0.21, expected 0.25 to 0.28' },
    ],
  };
  const posted = await chat.post(report, { channel: 'alerts', metadata: { report_id: 7, revision: 1 } });
  await chat.update(posted, plainMessage('Score mean is back.'), { report_id: 7, revision: 2 });
  await chat.post(plainMessage('history'), { channel: 'alerts', threadTs: posted.ts, isBroadcast: true });
  await workspace.issueCommand({ user: ANNA, channel, text: '/drift status' });
  await workspace.say({ user: ANNA, channel, text: '@driftbell status', threadTs: posted.ts });
  await workspace.openHome(ANNA);
}

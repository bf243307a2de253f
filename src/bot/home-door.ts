import { type CommandDeps, homeOf } from '../../commands/index.ts';
import { pictureBlocks } from '../alerting/index.ts';
import { DIGEST_JOB, type Schedule } from '../jobs/index.ts';
import type { HomeDoor } from '../slack/index.ts';

/** The home tab: its words at once, the strip of models when it is drawn. */
export function createHomeDoor(commands: CommandDeps, schedule: Schedule): HomeDoor {
  const nextOf = (job: string) => schedule.next().find(({ name }) => name === job)?.at ?? undefined;
  const deps = {
    ...commands,
    nextCheck: ({ slug }: { readonly slug: string }) => nextOf(`check ${slug}`),
    nextDigest: (channel: string) => nextOf(`${DIGEST_JOB} ${channel}`),
  };
  return {
    async view(input) {
      const { message, strip } = await homeOf(deps, input);
      if (strip === undefined || strip.rows.length === 0) return { message };
      return {
        message,
        withPicture: async () => {
          const blocks = pictureBlocks(await commands.picture(strip, 'home'));
          // Under the heading and the numbers, above the models one by one.
          const place = message.blocks.findIndex(({ type }) => type === 'actions') + 1;
          return { ...message, blocks: [...message.blocks.slice(0, place), ...blocks, ...message.blocks.slice(place)] };
        },
      };
    },
  };
}

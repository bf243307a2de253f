import { z } from 'zod';
import { limits } from './limits.ts';
import { plainText } from './objects.ts';

const shared = {
  blocks: z.array(z.unknown()),
  private_metadata: z.string().max(limits.privateMetadata).optional(),
  callback_id: z.string().max(limits.callbackId).optional(),
  external_id: z.string().max(limits.externalId).optional(),
};

const Modal = z.strictObject({
  type: z.literal('modal'),
  ...shared,
  title: plainText(limits.viewTitle),
  submit: plainText(limits.viewButton).optional(),
  close: plainText(limits.viewButton).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});

const Home = z.strictObject({ type: z.literal('home'), ...shared });

export const ViewInput = z.discriminatedUnion('type', [Modal, Home]);
export type ViewInput = z.infer<typeof ViewInput>;

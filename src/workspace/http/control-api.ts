import { z } from 'zod';
import type { Shared } from '../core.ts';
import { HttpRefusal } from '../errors.ts';
import { Fault } from '../faults.ts';
import { tamperings } from '../inbound/request-url.ts';
import { uninstall } from '../inbound/uninstall.ts';
import type { Json } from '../records.ts';

type Control = (shared: Shared, body: Json) => Promise<Json> | Json;

const Sockets = z.discriminatedUnion('action', [
  z.strictObject({ action: z.enum(['refresh', 'drop']) }),
  z.strictObject({ action: z.literal('duplicate'), times: z.int().min(1).default(1) }),
]);

/**
 * For tests in another process: `POST /control/faults` with a Fault, `/control/clear-faults`, `/control/sockets`,
 * `/control/request-url`, `/control/resend`, `/control/uninstall`, `/control/log`. Each takes and answers a JSON object.
 */
export const controls: Readonly<Record<string, Control>> = {
  faults: control(Fault, (shared, fault) => {
    shared.faults.add(fault);
    return { ok: true, waiting: shared.faults.list() };
  }),
  'clear-faults': control(z.object({}), (shared) => {
    shared.faults.clear();
    return { ok: true };
  }),
  sockets: control(Sockets, ({ sockets }, order) => {
    if (order.action === 'duplicate') sockets.duplicateNext(order.times);
    else if (order.action === 'drop') sockets.drop();
    else sockets.refresh();
    return { ok: true };
  }),
  'request-url': control(z.object({ url: z.url() }), async ({ requestUrl }, { url }) => {
    await requestUrl.set(url);
    return { ok: true };
  }),
  resend: control(z.object({ tampering: z.enum(tamperings) }), async ({ requestUrl }, { tampering }) => ({
    ok: true,
    status: await requestUrl.resend(tampering),
  })),
  uninstall: control(
    z.object({ team: z.string().optional() }),
    async ({ teams }, { team = teams[0].identity.teamId }) => {
      const core = teams.find(({ identity }) => identity.teamId === team);
      if (!core) throw new HttpRefusal(`expected the id of a workspace, got ${team}`, { status: 400 });
      await uninstall(core);
      return { ok: true };
    },
  ),
  log: control(z.object({}), ({ teams, transport }) => ({
    ok: true,
    calls: teams.flatMap((team) => team.state.calls()),
    sent: transport.sent(),
  })),
};

function control<Shape extends z.ZodType>(
  shape: Shape,
  run: (shared: Shared, body: z.output<Shape>) => Promise<Json> | Json,
): Control {
  return (shared, body) => {
    const parsed = shape.safeParse(body);
    if (parsed.success) return run(shared, parsed.data);
    throw new HttpRefusal(z.prettifyError(parsed.error), { status: 400 });
  };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Shared } from '../core.ts';
import type { Fault } from '../faults.ts';
import type { Json } from '../records.ts';
import { callMethod } from './api.ts';
import { sendJson, sendText } from './send.ts';

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

/** One Web API call with whatever trouble was ordered for it. */
export async function answerApiCall(
  shared: Shared,
  name: string,
  args: Json,
  { request, response }: Exchange,
): Promise<void> {
  const fault = shared.faults.take(name);
  if (await failsBefore(fault, { request, response })) return;
  const { status, headers, body } = callMethod(
    shared,
    { name, authorization: request.headers.authorization, args },
    fault,
  );
  if (fault?.kind === 'reset') return cut(response);
  for (const [key, value] of Object.entries(headers)) response.setHeader(key, value);
  sendJson(response, status, body);
}

/** Trouble that comes before anything is carried out; true when it is the answer. Latency is waited for here. */
export async function failsBefore(fault: Fault | undefined, { response }: Exchange): Promise<boolean> {
  switch (fault?.kind) {
    case 'latency':
      await new Promise((resolve) => setTimeout(resolve, fault.latencyMs));
      return false;
    case 'status':
      sendText(response, fault.status, 'trouble that was ordered');
      return true;
    case 'reset':
      if (fault.when === 'after') return false;
      cut(response);
      return true;
    default:
      return false;
  }
}

/** A reset connection, as a client sees it when a machine on the way dies. */
export function cut(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

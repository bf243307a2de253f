import type { Workspace } from '../../src/workspace/index.ts';

export type Answer = Record<string, unknown> & { ok: boolean; error?: string };

/** Calls a method as any HTTP client would; nested values travel as JSON inside a form, as the SDK sends them. */
export async function call(
  workspace: Workspace,
  method: string,
  args: Record<string, unknown> = {},
  token: string | undefined = workspace.botToken,
): Promise<Answer> {
  const form = new URLSearchParams();
  for (const [key, value] of Object.entries(args)) {
    if (value !== undefined) form.set(key, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${workspace.apiUrl}${method}`, { method: 'POST', headers, body: form });
  if (response.status !== 200) throw new Error(`expected HTTP 200 from ${method}, got ${response.status}`);
  return (await response.json()) as Answer;
}

export function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text });
}

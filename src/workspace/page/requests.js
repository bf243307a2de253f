/**
 * @typedef {{ ok: true, payload: any } | { ok: false, error: string, detail: string, errors?: Record<string, string> }} Outcome
 */

/**
 * Sends what the person did; a failure of any kind comes back as an outcome with one line of text.
 * @param {string} name
 * @param {object} body
 * @returns {Promise<Outcome>}
 */
export async function request(name, body) {
  try {
    const response = await fetch(`/page-api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return await response.json();
    return { ok: false, error: 'refused', detail: (await response.text()).slice(0, 300) };
  } catch {
    return { ok: false, error: 'offline', detail: 'the workspace does not answer; is it still running?' };
  }
}

/**
 * @param {(change: Record<string, any>) => void} onChange
 * @param {(isLive: boolean) => void} onLive
 */
export function followChanges(onChange, onLive) {
  const source = new EventSource('/page-api/changes');
  source.addEventListener('message', (event) => onChange(JSON.parse(event.data)));
  source.addEventListener('open', () => onLive(true));
  source.addEventListener('error', () => onLive(false));
}

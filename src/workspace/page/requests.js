import { remember, remembered } from './remembered.js';

/**
 * @typedef {{ ok: true, payload: any } | { ok: false, error: string, detail: string, errors?: Record<string, string> }} Outcome
 */

/** The workspace that is shown: what the person does is done there. */
let team = '';

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
      body: JSON.stringify({ ...body, team }),
    });
    if (response.ok) return await response.json();
    return { ok: false, error: 'refused', detail: (await response.text()).slice(0, 300) };
  } catch {
    return { ok: false, error: 'offline', detail: 'the workspace does not answer; is it still running?' };
  }
}

/**
 * Follows one workspace: to begin with the one that has the channel that was asked for, or that was shown last in this tab.
 * @param {string | undefined} channel
 * @param {(change: Record<string, any>) => void} onChange
 * @param {(isLive: boolean) => void} onLive
 * @returns {(team: string) => void} follows another one instead; the old stays shown until the new has come
 */
export function followChanges(channel, onChange, onLive) {
  /** @type {EventSource | undefined} */
  let source;
  /** @param {Record<string, string>} wanted */
  function follow(wanted) {
    source?.close();
    source = new EventSource(`/page-api/changes?${new URLSearchParams(wanted)}`);
    source.addEventListener('message', (event) => {
      const change = JSON.parse(event.data);
      if (change.type === 'snapshot') team = change.team;
      onChange(change);
    });
    source.addEventListener('open', () => onLive(true));
    source.addEventListener('error', () => onLive(false));
  }
  follow({ team: remembered('team'), ...(channel && { channel }) });
  return (next) => {
    remember('team', next);
    follow({ team: next });
  };
}

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** @type {Readonly<Record<string, Intl.DateTimeFormatOptions>>} */
const tokens = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** @param {string} ts */
export function dayOf(ts) {
  return day.format(new Date(Number(ts) * 1000));
}

/** @param {string} ts */
export function clockOf(ts) {
  return clock.format(new Date(Number(ts) * 1000));
}

/** @param {Date} at */
export function momentOf(at) {
  return moment.format(at);
}

/** @param {string} ts */
export function instantOf(ts) {
  return new Date(Number(ts) * 1000).toISOString();
}

/**
 * Fills the date words of a `<!date^seconds^format|fallback>` in the reader's time zone.
 * @param {number} seconds
 * @param {string} format
 */
export function formatDate(seconds, format) {
  const at = new Date(seconds * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, word) => {
    const options = tokens[word.replace(/_pretty$/, '')];
    return options ? new Intl.DateTimeFormat('en-GB', options).format(at) : whole;
  });
}

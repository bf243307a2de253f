const known = new Map(
  Object.entries({
    '+1': '👍',
    thumbsup: '👍',
    '-1': '👎',
    thumbsdown: '👎',
    white_check_mark: '✅',
    heavy_check_mark: '✔️',
    x: '❌',
    warning: '⚠️',
    rotating_light: '🚨',
    red_circle: '🔴',
    large_orange_circle: '🟠',
    large_yellow_circle: '🟡',
    large_green_circle: '🟢',
    large_blue_circle: '🔵',
    white_circle: '⚪',
    large_red_square: '🟥',
    large_yellow_square: '🟨',
    small_red_triangle: '🔺',
    small_red_triangle_down: '🔻',
    bell: '🔔',
    no_bell: '🔕',
    mute: '🔇',
    eyes: '👀',
    hourglass: '⌛',
    hourglass_flowing_sand: '⏳',
    question: '❓',
    information_source: 'ℹ️',
    bar_chart: '📊',
    chart_with_upwards_trend: '📈',
    chart_with_downwards_trend: '📉',
    calendar: '📅',
    mag: '🔍',
    gear: '⚙️',
    arrow_up: '⬆️',
    arrow_down: '⬇️',
    tada: '🎉',
    wave: '👋',
    bulb: '💡',
    wrench: '🔧',
    snowflake: '❄️',
    zzz: '💤',
  }),
);

/**
 * The character of a shortcode, or the shortcode itself.
 * @param {string} name without colons
 */
export function emoji(name) {
  return known.get(name) ?? `:${name}:`;
}

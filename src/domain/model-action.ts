/** What people can do to a model from a message or from the bot's home tab, in the form `surface.verb`. */
export const modelActions = {
  retire: 'model.retire',
  /** Ends one mute, of a model or of a part of it. */
  endMute: 'mute.end',
  /** Takes an acknowledgement back. */
  unacknowledge: 'report.unacknowledge',
} as const;

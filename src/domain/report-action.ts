/** What people can do from a report. The words are the action ids on the wire, in the form `surface.verb`. */
export const reportActions = {
  vote: 'report.vote',
  voteReason: 'vote.reason',
  acknowledge: 'report.acknowledge',
  mute: 'report.mute',
  unmute: 'model.unmute',
  findings: 'report.findings',
  details: 'report.details',
  /** What stays is right: asked in the thread once everything stands still at its new place. */
  newNormal: 'report.new_normal',
} as const;

export const muteDurations = ['1h', '4h', '1d', '7d', '30d'] as const;
/** How long the menu of a report mutes. */
export type MuteDuration = (typeof muteDurations)[number];

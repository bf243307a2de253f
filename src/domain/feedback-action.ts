/** What people can say of a finding, or take back, in the form `surface.verb`. */
export const feedbackActions = {
  findingVote: 'finding.vote',
  /** Where feedback buttons are not to be had: two plain ones. */
  findingReal: 'finding.real',
  findingNotUseful: 'finding.not_useful',
  findingReason: 'finding.reason',
  /** Undoes what votes of a person on a report did at once. */
  undoVote: 'vote.undo',
} as const;

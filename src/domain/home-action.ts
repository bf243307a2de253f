/** What people can do in the bot's home tab, in the form `surface.verb`. */
export const homeActions = {
  register: 'home.register',
  refresh: 'home.refresh',
  page: 'home.page',
  /** Opens the dialog of a model's quiet hours. */
  quietHours: 'home.quiet_hours',
  /** Opens the dialog of a channel's weekly digest. */
  digest: 'home.digest',
} as const;

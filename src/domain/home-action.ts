/** What people can do in the bot's home tab, in the form `surface.verb`. */
export const homeActions = { register: 'home.register', refresh: 'home.refresh', page: 'home.page' } as const;

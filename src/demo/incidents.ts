/** What is known to have happened to the flights, real or injected by the demonstration. Days are half open. */
export interface KnownIncident {
  readonly name: string;
  readonly kind: 'real' | 'injected';
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

export const knownIncidents: readonly KnownIncident[] = [
  {
    name: 'storm of 9 February',
    kind: 'real',
    from: '2001-02-09',
    to: '2001-02-10',
    text: 'one day of delays in the Midwest and the North-East',
  },
  {
    name: 'storm of 5–6 March',
    kind: 'real',
    from: '2001-03-05',
    to: '2001-03-07',
    text: 'a winter storm in the North-East: thousands of flights did not leave',
  },
  {
    name: 'storm of 11–12 April',
    kind: 'real',
    from: '2001-04-11',
    to: '2001-04-13',
    text: 'storms over the Plains and the Midwest',
  },
  {
    name: 'distance filled with its default',
    kind: 'injected',
    from: '2001-04-20',
    to: '2001-04-25',
    text: 'the demonstration sets distance to 0 on every row',
  },
  {
    name: 'recent delay in seconds',
    kind: 'injected',
    from: '2001-05-09',
    to: '2001-05-12',
    text: 'the demonstration sends origin_recent_delay in seconds instead of minutes',
  },
  {
    name: 'destinations lost their mapping',
    kind: 'injected',
    from: '2001-05-29',
    to: '2001-06-02',
    text: 'the demonstration empties destination for airports from A to L',
  },
  {
    name: 'storms of 12–15 June',
    kind: 'real',
    from: '2001-06-12',
    to: '2001-06-16',
    text: 'tropical storm Allison and thunderstorms: the mean delay rises to 27 minutes',
  },
];

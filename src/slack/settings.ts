/** What the Slack edge needs to know; read from the environment elsewhere. */
export interface SlackSettings {
  /** `xoxb-...` */
  readonly botToken: string;
  readonly transport: SlackTransport;
  /** Base address of the Web API, with a slash at the end. Absent: Slack's own. */
  readonly apiUrl?: string;
  /** `A...`: when given, payloads of other apps are refused. */
  readonly appId?: string;
  /**
   * Slack's feedback buttons or two plain ones.
   * @default 'native'
   */
  readonly feedback?: 'native' | 'buttons';
}

export type SlackTransport =
  | { readonly mode: 'socket' /** `xapp-...` */; readonly appToken: string }
  | {
      readonly mode: 'http';
      readonly signingSecret: string;
      /** 0 takes a free one. */
      readonly port: number;
    };

export type WorkspaceErrorCode = 'port_in_use' | 'cannot_listen' | 'bad_options' | 'bad_request_url' | 'nothing_sent';

/** The three parts of the message, for a caller who words it anew. */
export type WorkspaceErrorFacts = {
  readonly expected: string;
  readonly received: string;
  readonly remedy: string;
};

/** A workspace that cannot start or was asked for something impossible; the text says expected, got, do. */
export class WorkspaceError extends Error {
  override readonly name = 'WorkspaceError';
  readonly code: WorkspaceErrorCode;
  readonly facts: WorkspaceErrorFacts;

  constructor(code: WorkspaceErrorCode, facts: WorkspaceErrorFacts, options?: ErrorOptions) {
    super(`expected ${facts.expected}, got ${facts.received}; ${facts.remedy}`, options);
    this.code = code;
    this.facts = facts;
  }
}

/** An `ok: false` answer of the Web API, thrown by methods and turned into a response in one place. */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal';
  readonly code: string;
  readonly problems: readonly string[];
  /** Further fields of the answer, such as `needed` and `provided`. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, problems: readonly string[] = [], fields: Readonly<Record<string, unknown>> = {}) {
    super(problems.length === 0 ? code : `${code}: ${problems.join('; ')}`);
    this.code = code;
    this.problems = problems;
    this.fields = fields;
  }
}

/** An HTTP-level refusal with a one-line text: bad body, oversized body, foreign origin. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;

  constructor(text: string, options: ErrorOptions & { readonly status: number }) {
    super(text, options);
    this.status = options.status;
  }
}

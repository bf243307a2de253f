import { existsSync } from 'node:fs';
import { validate } from 'node-cron';
import { z } from 'zod';
import { PERSON_OR_GROUP_ID } from './domain/chat-ids.ts';
import { DriftbellError } from './domain/errors.ts';
import { explainIssue } from './domain/explain-issue.ts';
import { type SeverityWord, severityWords } from './domain/report.ts';
import type { AccessSettings } from './domain/role.ts';

/** Variables that are set already win over the file. */
const ENVIRONMENT_FILE = '.env';

/** Eight weeks that a reference is searched in, four of history before them, and some to spare. */
const FEWEST_RETENTION_DAYS = 100;

/** Ids of people and user groups, as Slack shows them under “Copy member ID”. */
const Ids = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((id) => id !== ''))
  .pipe(z.array(z.string().regex(PERSON_OR_GROUP_ID, 'ids of people (U…) or user groups (S…), separated by commas')))
  .default([]);

const CRON_WORDS = 'a cron expression of five fields such as 5 * * * *';
const CRON_FIELDS = 5;

/** Refused here, before anything is started by it: minute, hour, day of month, month, day of week, each in its range. */
const Cron = z.string().refine(isCron, CRON_WORDS);

/** One row per setting: parsing, `.env.sample` and the README's table are made of, or tested against, this table. */
export const settingsTable = {
  SLACK_BOT_TOKEN: {
    description: 'Bot token of the Slack app (`xoxb-…`). Without it the local workspace is started instead.',
    schema: z.string().startsWith('xoxb-', 'a token that begins with xoxb-').optional(),
    sample: 'xoxb-…',
  },
  SLACK_APP_TOKEN: {
    description: 'App-level token with `connections:write` (`xapp-…`), for Socket Mode.',
    schema: z.string().startsWith('xapp-', 'a token that begins with xapp-').optional(),
    sample: 'xapp-…',
  },
  SLACK_SIGNING_SECRET: {
    description: 'Signing secret of the Slack app, for HTTP mode.',
    schema: z.string().min(8, 'the signing secret of the app').optional(),
    sample: '…',
  },
  SLACK_MODE: {
    description: '`socket` (no public address needed) or `http`.',
    schema: z.enum(['socket', 'http']).default('socket'),
    sample: 'socket',
  },
  SLACK_API_URL: {
    description: 'Address of the Slack Web API; all clients honour it.',
    schema: z.url('an address such as https://slack.com/api/').default('https://slack.com/api/'),
    sample: 'https://slack.com/api/',
  },
  PORT: {
    description: 'Port that HTTP mode listens on.',
    schema: z.coerce.number().int().min(1).max(65_535).default(3000),
    sample: '3000',
  },
  DRIFTBELL_ADMINS: {
    description:
      'Who may do everything: ids of people (`U…`) and user groups (`S…`). Empty: the admins of the Slack workspace.',
    schema: Ids,
    sample: '',
  },
  DRIFTBELL_OWNERS: {
    description: 'Who may change every model, beside the owners that each model has: ids.',
    schema: Ids,
    sample: '',
  },
  DRIFTBELL_RESPONDERS: {
    description: 'Who may register models and act on reports where `DRIFTBELL_EVERYONE` may not: ids.',
    schema: Ids,
    sample: '',
  },
  DRIFTBELL_VIEWERS: {
    description: 'Who may look where `DRIFTBELL_EVERYONE` is `none`: ids.',
    schema: Ids,
    sample: '',
  },
  DRIFTBELL_EVERYONE: {
    description: 'Role of every other member of the workspace: `responder`, `viewer` or `none`. Guests only look.',
    schema: z.enum(['responder', 'viewer', 'none']).default('responder'),
    sample: 'responder',
  },
  DRIFTBELL_DATABASE: {
    description: 'SQLite file: the only thing to back up.',
    schema: z.string().min(1).default('.driftbell/driftbell.sqlite'),
    sample: '.driftbell/driftbell.sqlite',
  },
  DRIFTBELL_DETECTOR: {
    description: 'Folder of a trained detector; the shipped one when empty.',
    schema: z.string().min(1).optional(),
    sample: '',
  },
  DRIFTBELL_SCHEDULE: {
    description: 'Cron expression, in each model’s zone, at which it is brought up to date.',
    schema: Cron.default('5 * * * *'),
    sample: '5 * * * *',
  },
  DRIFTBELL_CALIBRATION_SCHEDULE: {
    description: 'Cron expression, in UTC, at which tail probabilities are calibrated anew on what was seen.',
    schema: Cron.default('43 3 * * 0'),
    sample: '43 3 * * 0',
  },
  DRIFTBELL_DIGEST_SCHEDULE: {
    description:
      'Cron expression, in each channel’s zone, at which its weekly digest is posted where the home tab says nothing else; `never` posts none.',
    schema: z
      .string()
      .refine((given) => given === 'never' || isCron(given), `${CRON_WORDS}, or never`)
      .default('0 9 * * 1'),
    sample: '0 9 * * 1',
  },
  DRIFTBELL_MENTION_FROM: {
    description: 'Severity from which a report mentions its owners: `notable`, `high`, `critical`, or `never`.',
    schema: z.enum([...severityWords, 'never']).default('critical'),
    sample: 'critical',
  },
  DRIFTBELL_LEARNING_SCHEDULE: {
    description: 'Cron expression, in UTC, at which votes are learned from.',
    schema: Cron.default('13 3 * * *'),
    sample: '13 3 * * *',
  },
  DRIFTBELL_WORKSPACE_PORT: {
    description: 'Port of the local workspace’s page; 0 takes any free one.',
    schema: z.coerce.number().int().min(0).max(65_535).default(3939),
    sample: '3939',
  },
  DRIFTBELL_WORKSPACE_HOST: {
    description: 'Address that the local workspace’s page is bound to; it has no login.',
    schema: z.string().min(1).default('127.0.0.1'),
    sample: '127.0.0.1',
  },
  DRIFTBELL_MEMORY_LIMIT: {
    description: 'Most memory that DuckDB may use while computing statistics.',
    schema: z
      .string()
      .regex(/^\d+(\.\d+)?\s?(KB|MB|GB|KiB|MiB|GiB)$/i, 'a size such as 2GB')
      .default('2GB'),
    sample: '2GB',
  },
  DRIFTBELL_RETENTION_DAYS: {
    description: 'Days that statistics and what is judged of them are kept, at least 100; 0 keeps them for ever.',
    schema: z.coerce
      .number()
      .int()
      .refine((days) => days === 0 || days >= FEWEST_RETENTION_DAYS, `0, or at least ${FEWEST_RETENTION_DAYS} days`)
      .default(730),
    sample: '730',
  },
  DRIFTBELL_THREADS: {
    description: 'Threads that DuckDB may use while computing statistics.',
    schema: z.coerce.number().int().min(1).max(256).default(2),
    sample: '2',
  },
  DRIFTBELL_LOG_LEVEL: {
    description: '`error`, `warn`, `info`, `debug` or `silent`.',
    schema: z.enum(['error', 'warn', 'info', 'debug', 'silent']).default('info'),
    sample: 'info',
  },
} as const;

const Environment = z.object({
  SLACK_BOT_TOKEN: settingsTable.SLACK_BOT_TOKEN.schema,
  SLACK_APP_TOKEN: settingsTable.SLACK_APP_TOKEN.schema,
  SLACK_SIGNING_SECRET: settingsTable.SLACK_SIGNING_SECRET.schema,
  SLACK_MODE: settingsTable.SLACK_MODE.schema,
  SLACK_API_URL: settingsTable.SLACK_API_URL.schema,
  PORT: settingsTable.PORT.schema,
  DRIFTBELL_ADMINS: settingsTable.DRIFTBELL_ADMINS.schema,
  DRIFTBELL_OWNERS: settingsTable.DRIFTBELL_OWNERS.schema,
  DRIFTBELL_RESPONDERS: settingsTable.DRIFTBELL_RESPONDERS.schema,
  DRIFTBELL_VIEWERS: settingsTable.DRIFTBELL_VIEWERS.schema,
  DRIFTBELL_EVERYONE: settingsTable.DRIFTBELL_EVERYONE.schema,
  DRIFTBELL_DATABASE: settingsTable.DRIFTBELL_DATABASE.schema,
  DRIFTBELL_DETECTOR: settingsTable.DRIFTBELL_DETECTOR.schema,
  DRIFTBELL_SCHEDULE: settingsTable.DRIFTBELL_SCHEDULE.schema,
  DRIFTBELL_CALIBRATION_SCHEDULE: settingsTable.DRIFTBELL_CALIBRATION_SCHEDULE.schema,
  DRIFTBELL_DIGEST_SCHEDULE: settingsTable.DRIFTBELL_DIGEST_SCHEDULE.schema,
  DRIFTBELL_MENTION_FROM: settingsTable.DRIFTBELL_MENTION_FROM.schema,
  DRIFTBELL_LEARNING_SCHEDULE: settingsTable.DRIFTBELL_LEARNING_SCHEDULE.schema,
  DRIFTBELL_WORKSPACE_PORT: settingsTable.DRIFTBELL_WORKSPACE_PORT.schema,
  DRIFTBELL_WORKSPACE_HOST: settingsTable.DRIFTBELL_WORKSPACE_HOST.schema,
  DRIFTBELL_MEMORY_LIMIT: settingsTable.DRIFTBELL_MEMORY_LIMIT.schema,
  DRIFTBELL_RETENTION_DAYS: settingsTable.DRIFTBELL_RETENTION_DAYS.schema,
  DRIFTBELL_THREADS: settingsTable.DRIFTBELL_THREADS.schema,
  DRIFTBELL_LOG_LEVEL: settingsTable.DRIFTBELL_LOG_LEVEL.schema,
});

/** Where messages go: real Slack by tokens, or the local workspace when no credentials are set. */
export type SlackSettings =
  | { readonly kind: 'socket'; readonly botToken: string; readonly appToken: string; readonly apiUrl: string }
  | {
      readonly kind: 'http';
      readonly botToken: string;
      readonly signingSecret: string;
      readonly port: number;
      readonly apiUrl: string;
    }
  | { readonly kind: 'local'; readonly port: number; readonly host: string };

export interface Config {
  readonly slack: SlackSettings;
  readonly access: AccessSettings;
  readonly databasePath: string;
  readonly detectorFolder?: string;
  readonly schedule: string;
  readonly calibrationSchedule: string;
  /** Absent: no digest. */
  readonly digestSchedule?: string;
  /** Absent: never. */
  readonly mentionFrom?: SeverityWord;
  readonly learningSchedule: string;
  readonly memoryLimit: string;
  /** 0: for ever. */
  readonly retentionDays: number;
  readonly threads: number;
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

/** Reads and checks the environment. Throws `config.invalid` naming the variable. Empty values count as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0] ?? 'the environment');
    throw new DriftbellError('config.invalid', {
      expected: `${name} to be ${explainIssue(issue)}`,
      received: name.includes('TOKEN') || name.includes('SECRET') ? 'something else' : JSON.stringify(given[name]),
      remedy: `correct ${name} in the environment or in .env`,
    });
  }
  const values = parsed.data;
  return {
    slack: slackSettings(values),
    access: {
      admins: values.DRIFTBELL_ADMINS,
      owners: values.DRIFTBELL_OWNERS,
      responders: values.DRIFTBELL_RESPONDERS,
      viewers: values.DRIFTBELL_VIEWERS,
      everyone: values.DRIFTBELL_EVERYONE,
    },
    databasePath: values.DRIFTBELL_DATABASE,
    schedule: values.DRIFTBELL_SCHEDULE,
    calibrationSchedule: values.DRIFTBELL_CALIBRATION_SCHEDULE,
    learningSchedule: values.DRIFTBELL_LEARNING_SCHEDULE,
    memoryLimit: values.DRIFTBELL_MEMORY_LIMIT,
    retentionDays: values.DRIFTBELL_RETENTION_DAYS,
    threads: values.DRIFTBELL_THREADS,
    logLevel: values.DRIFTBELL_LOG_LEVEL,
    ...(values.DRIFTBELL_DIGEST_SCHEDULE === 'never' ? {} : { digestSchedule: values.DRIFTBELL_DIGEST_SCHEDULE }),
    ...(values.DRIFTBELL_MENTION_FROM === 'never' ? {} : { mentionFrom: values.DRIFTBELL_MENTION_FROM }),
    ...(values.DRIFTBELL_DETECTOR === undefined ? {} : { detectorFolder: values.DRIFTBELL_DETECTOR }),
  };
}

/** The environment of this process with the `.env` of its folder, as `readConfig` takes it. The only reader of both. */
export function processEnvironment(): Readonly<Record<string, string | undefined>> {
  if (existsSync(ENVIRONMENT_FILE)) process.loadEnvFile(ENVIRONMENT_FILE);
  return process.env;
}

function slackSettings(values: z.infer<typeof Environment>): SlackSettings {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = values;
  const apiUrl = values.SLACK_API_URL;
  if (botToken === undefined && appToken === undefined && signingSecret === undefined) {
    return { kind: 'local', port: values.DRIFTBELL_WORKSPACE_PORT, host: values.DRIFTBELL_WORKSPACE_HOST };
  }
  if (botToken === undefined) throw missing('SLACK_BOT_TOKEN', values.SLACK_MODE);
  if (values.SLACK_MODE === 'http') {
    if (signingSecret === undefined) throw missing('SLACK_SIGNING_SECRET', 'http');
    return { kind: 'http', botToken, signingSecret, port: values.PORT, apiUrl };
  }
  if (appToken === undefined) throw missing('SLACK_APP_TOKEN', 'socket');
  return { kind: 'socket', botToken, appToken, apiUrl };
}

/** The scheduler would take seconds as a sixth field, too. */
function isCron(given: string): boolean {
  return given.trim().split(/\s+/).length === CRON_FIELDS && validate(given);
}

function missing(name: string, mode: string): DriftbellError {
  return new DriftbellError('config.invalid', {
    expected: `${name} for SLACK_MODE=${mode}`,
    received: 'other Slack settings without it',
    remedy: `set ${name}, or unset all Slack settings to use the local workspace`,
  });
}

/** The text of `.env.sample`: every setting with its meaning, commented out. */
export function envSample(): string {
  const rows = Object.entries(settingsTable).map(
    ([name, { description, sample }]) => `# ${description}\n#${name}=${sample}\n`,
  );
  return `# Copy to .env and uncomment what you need. Nothing is required to try Driftbell.\n\n${rows.join('\n')}`;
}

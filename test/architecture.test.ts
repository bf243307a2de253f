import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The import law. A part may import itself, the parts and the packages of its row, and nothing else.
 * `doors` are other parts that may be entered by their index.ts only. The cure for a failure is nearly always to
 * pass the thing in as an argument, from where src/main.ts puts the parts together.
 */
interface Part {
  readonly parts: readonly string[];
  readonly doors?: readonly string[];
  readonly packages: readonly string[];
}

const STEPS = ['src/statistics', 'src/detection', 'src/postprocessing', 'src/alerting', 'src/feedback', 'src/registry'];

const law: Readonly<Record<string, Part>> = {
  'src/domain': { parts: [], packages: ['temporal-polyfill'] },
  'src/messages': { parts: ['src/domain'], packages: ['temporal-polyfill'] },
  'src/ports': { parts: ['src/domain', 'src/messages'], packages: [] },
  'src/statistics': { parts: ['src/domain', 'src/ports'], packages: ['zod'] },
  'src/detection': { parts: ['src/domain', 'src/ports'], packages: ['zod'] },
  'src/postprocessing': { parts: ['src/domain', 'src/ports'], packages: ['zod'] },
  'src/alerting': { parts: ['src/domain', 'src/ports', 'src/messages'], packages: ['zod'] },
  'src/feedback': { parts: ['src/domain', 'src/ports', 'src/messages'], packages: ['zod'] },
  'src/registry': { parts: ['src/domain', 'src/ports', 'src/messages'], packages: ['zod', 'yaml'] },
  'src/slack': {
    parts: ['src/domain', 'src/ports', 'src/messages'],
    packages: ['zod', '@slack/bolt', '@slack/web-api', '@slack/socket-mode', '@slack/types'],
  },
  'src/db': {
    parts: ['src/domain', 'src/ports', 'src/messages'],
    packages: ['zod', 'drizzle-orm', 'better-sqlite3'],
  },
  'src/engines': { parts: ['src/domain', 'src/ports'], packages: ['zod', '@duckdb/node-api'] },
  'src/tensorflow': {
    parts: ['src/domain', 'src/ports'],
    doors: ['src/detection'],
    packages: [
      'zod',
      'piscina',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
    ],
  },
  'src/workspace': { parts: ['src/domain', 'src/ports'], packages: ['zod', 'ws'] },
  'src/platform': { parts: ['src/domain', 'src/ports'], packages: ['pino', 'date-holidays'] },
  'src/jobs': { parts: ['src/domain', 'src/ports'], packages: ['node-cron'] },
  'src/config.ts': { parts: ['src/domain'], packages: ['zod', 'node-cron'] },
  commands: { parts: ['src/domain', 'src/ports', 'src/messages'], doors: STEPS, packages: ['zod'] },
  charts: {
    parts: ['src/domain', 'src/ports', 'src/messages'],
    packages: ['vega', 'vega-lite', 'sharp', 'piscina', 'opentype.js', 'temporal-polyfill', 'zod'],
  },
};

/** Composition roots: they may know everybody, and nobody may know them. */
const ROOTS = [
  'src/main.ts',
  'src/create-core.ts',
  'src/create-steps.ts',
  'src/create-bot.ts',
  'src/bot',
  'src/local-bot.ts',
  'src/cli',
  'src/demo',
  'src/doctor',
  'src/learner',
];

/** In a step, only these may be asynchronous or touch a port: the runner and the verbs. All else is pure. */
const RUNNERS_AND_VERBS: Readonly<Record<string, readonly string[]>> = {
  'src/statistics': ['run.ts', 'profile-windows.ts', 'read-importance.ts'],
  'src/detection': ['run.ts', 'refresh-calibration.ts', 'judge-series.ts', 'judge-masked.ts'],
  'src/postprocessing': ['run.ts', 'backtest.ts', 'budget.ts', 'load-history.ts'],
  'src/alerting': [
    'run.ts',
    'acknowledge.ts',
    'mute.ts',
    'deliver.ts',
    'post-once.ts',
    'show-report.ts',
    'show-details.ts',
    'present.ts',
    'picture.ts',
    'release.ts',
  ],
  'src/feedback': ['votes/vote.ts', 'learning/learn.ts', 'learning/train-candidate.ts'],
  'src/registry': ['register.ts', 'inspect.ts', 'holidays.ts', 'edit.ts', 'retire.ts', 'apply.ts'],
};

const root = resolve(import.meta.dirname, '..');
const sources = ['src', 'commands', 'charts'].flatMap((folder) => sourceFiles(join(root, folder)));

describe('the import law', () => {
  it('has a row for every part', () => {
    const parts = new Set(sources.map(partOf));

    const unknown = [...parts].filter((part) => law[part] === undefined && !ROOTS.includes(part));

    expect(unknown, 'add a row to `law` in this file, and to the table in ARCHITECTURE.md').toEqual([]);
  });

  it('is kept by every import', () => {
    const broken = sources.flatMap((file) => importsOf(file).flatMap((target) => violation(file, target)));

    expect(broken, 'pass the thing in as an argument instead of importing it').toEqual([]);
  });

  it('keeps the steps pure outside their runners and verbs', () => {
    const broken = sources.flatMap((file) => {
      const part = partOf(file);
      const allowed = RUNNERS_AND_VERBS[part];
      if (allowed === undefined || allowed.includes(relative(join(root, part), file))) return [];
      const text = readFileSync(file, 'utf8');
      const here = relative(root, file);
      return [
        ...(/\basync\b|\bawait\b/.test(stripComments(text)) ? [`${here}: is asynchronous`] : []),
        ...(/\bprocess\./.test(stripComments(text)) ? [`${here}: reads the process`] : []),
        ...valueImportsOf(text)
          .filter((target) => target.includes('/ports/'))
          .map((target) => `${here}: imports the port ${target}`),
      ];
    });

    expect(broken, 'move the effect into run.ts or a verb, and pass values in').toEqual([]);
  });
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function partOf(file: string): string {
  const path = relative(root, file).split('\\').join('/');
  if (path.startsWith('commands/')) return 'commands';
  if (path.startsWith('charts/')) return 'charts';
  const [, second = ''] = path.split('/');
  return `src/${second}`;
}

const IMPORTS = [
  /^(?:import|export)\b[^;'"]*?\bfrom\s+'([^']+)'/gm,
  /^import\s+'([^']+)'/gm,
  /\bimport\(\s*'([^']+)'/g,
];

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return IMPORTS.flatMap((form) => [...text.matchAll(form)].map((match) => match[1] ?? ''));
}

function valueImportsOf(text: string): string[] {
  return [...text.matchAll(/^import (?!type)[^;]*?from '([^']+)'/gms)].map((match) => match[1] ?? '');
}

function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}

function violation(file: string, target: string): string[] {
  const from = partOf(file);
  const rule = law[from];
  if (rule === undefined || target.startsWith('node:')) return [];
  const here = relative(root, file);
  if (!target.startsWith('.')) {
    const packageName = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? '');
    return rule.packages.includes(packageName) ? [] : [`${here}: package ${packageName}`];
  }
  const absolute = resolve(dirname(file), target);
  const to = partOf(absolute);
  if (to === from || rule.parts.includes(to)) return [];
  const isDoor = rule.doors?.includes(to) === true && relative(join(root, to), absolute) === 'index.ts';
  return isDoor ? [] : [`${here}: ${relative(root, absolute)}`];
}

/**
 * Adds to package-lock.json the optional platform packages that npm left out.
 *
 * npm writes only those platform builds (`@img/sharp-darwin-arm64`, `@duckdb/node-bindings-win32-x64` ...) that it
 * could resolve when the lockfile was made; `npm ci` then refuses the lockfile for being out of sync, and a machine
 * of another kind gets no native build. The versions are taken from the parents' exact `optionalDependencies`.
 *
 * Usage: node scripts/complete-lockfile.mjs [package-lock.json]
 */
import { readFileSync, writeFileSync } from 'node:fs';

const OPERATING_SYSTEMS = [
  'darwin',
  'linux',
  'win32',
  'android',
  'freebsd',
  'netbsd',
  'openbsd',
  'sunos',
  'aix',
  'openharmony',
];
const PROCESSORS = ['x64', 'arm64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'];

function platformOf(name) {
  const base = name
    .replace(/^@[^/]+\//, '')
    .replace('linuxmusl', 'linux-musl')
    .replace('-gnu', '-glibc');
  const words = base.split(/[-_.]/);
  const os = OPERATING_SYSTEMS.find((known) => words.includes(known));
  const cpu =
    PROCESSORS.find((known) => words.includes(known)) ??
    (words.includes('armv6') || words.includes('armv7') ? 'arm' : undefined);
  const libc =
    words.includes('musl') || words.includes('musleabihf') ? 'musl' : words.includes('glibc') ? 'glibc' : undefined;
  return os === undefined && cpu === undefined ? undefined : { os, cpu, libc };
}

const path = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(readFileSync(path, 'utf8'));
const added = [];
for (const [parent, entry] of Object.entries(lock.packages)) {
  if (parent === '') continue;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${parent}/node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    if (lock.packages[nested] !== undefined || lock.packages[hoisted]?.version === version) continue;
    const platform = platformOf(name);
    const isExact = /^\d+\.\d+\.\d+[\w.+-]*$/.test(version);
    if (platform === undefined || !isExact) continue;
    const place = lock.packages[hoisted] === undefined ? hoisted : nested;
    lock.packages[place] = {
      version,
      ...(platform.cpu === undefined ? {} : { cpu: [platform.cpu] }),
      ...(entry.dev === true ? { dev: true } : {}),
      ...(platform.libc === undefined ? {} : { libc: [platform.libc] }),
      optional: true,
      ...(platform.os === undefined ? {} : { os: [platform.os] }),
    };
    added.push(`${name}@${version}`);
  }
}
const [root, ...rest] = Object.entries(lock.packages);
rest.sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries([root, ...rest]);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} platform packages added${added.length > 0 ? `: ${added.join(', ')}` : ''}\n`);

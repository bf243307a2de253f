/** Compiles to dist/ and bundles the page of the local workspace beside the code. */
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
execFileSync('npx', ['vite', 'build'], { stdio: 'inherit' });
chmodSync('dist/src/cli/main.js', 0o755);

/** Compiles to dist/ and puts beside the code what is not code: the page of the local workspace. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
cpSync('src/workspace/page', 'dist/src/workspace/page', { recursive: true });
chmodSync('dist/src/cli/main.js', 0o755);

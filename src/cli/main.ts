#!/usr/bin/env node
import { createSystemClock } from '../platform/system-clock.ts';
import { runCli } from './run-cli.ts';

process.exitCode = await runCli(process.argv.slice(2), { process, clock: createSystemClock() });

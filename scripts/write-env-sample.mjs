/** Prints .env.sample from the table of settings: node --import tsx scripts/write-env-sample.mjs > .env.sample */
import { envSample } from '../src/config.ts';

process.stdout.write(envSample());

export { collectDigest, type DigestDeps, digestChannels } from './collect-digest.ts';
export { digestMessage } from './digest-message.ts';
export { type PostDigestDeps, postDigest } from './post-digest.ts';

export { collectDigest, type DigestDeps, digestChannels } from './collect-digest.ts';
export type { DigestLearning, DigestQuestion } from './digest-learning.ts';
export { digestMessage } from './digest-message.ts';
export { type PostDigestDeps, postDigest } from './post-digest.ts';

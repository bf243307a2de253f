export { type VoteDeps, type VoteInput, vote } from './vote.ts';

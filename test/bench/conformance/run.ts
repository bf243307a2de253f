import { parseArgs } from 'node:util';
import type { Call, Workspace } from '../../../src/workspace/index.ts';
import { rules } from '../../../src/workspace/methods/rules.ts';
import { startBench } from '../../slack/slack-bench.ts';
import { startApp, startWorkspace } from '../../workspace/bolt-app.ts';
import { actEverything, registerEverything } from '../../workspace/conformance/scenario.ts';
import { driftbellCalls } from './driftbell-calls.ts';
import { type MethodReference, readReferences } from './method-reference.ts';
import { provokeErrors } from './provoke.ts';

/** Ours alone: Slack documents them elsewhere. */
const undocumented = new Set(['api.test', 'blocks.validate']);

/**
 * `npm run bench -- conformance --methods DIR`: holds the local workspace, and what Driftbell calls, against a folder
 * of Slack's method reference. Arguments, errors, scopes and tiers; fails with what differs.
 */
export async function benchConformance(write: (line: string) => void, options: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...options], options: { methods: { type: 'string' } } });
  if (values.methods === undefined) {
    write('expected --methods DIR with <method>.json files, got none');
    process.exitCode = 2;
    return;
  }
  const references = readReferences(values.methods);
  const calls = [...(await callsOfScenario()), ...(await callsOfDriftbell())];
  const problems = [...tableProblems(references), ...callProblems(references, calls)];
  const methods = new Set(calls.map(({ method }) => method));
  const refusals = new Set(
    calls.flatMap(({ method, response }) => (response.ok === false ? [`${method} ${response.error}`] : [])),
  );
  write(`${references.size} methods in the reference, ${Object.keys(rules).length} in the workspace`);
  write(`${calls.length} calls of ${methods.size} methods, ${refusals.size} different refusals`);
  for (const problem of problems) write(problem);
  write(problems.length === 0 ? 'nothing differs' : `${problems.length} differences`);
  if (problems.length > 0) process.exitCode = 1;
}

async function callsOfScenario(): Promise<readonly Call[]> {
  const workspace: Workspace = await startWorkspace({
    channels: ['general', 'ml-health', { name: 'old', isArchived: true }, { name: 'elsewhere', hasBot: false }],
    userGroups: [{ id: 'S0OWNERS', handle: 'owners', name: 'Owners', users: ['U0ANNA'] }],
    shortcuts: [
      { type: 'message', name: 'Mute', callbackId: 'mute', description: '' },
      { type: 'global', name: 'Register', callbackId: 'register', description: '' },
    ],
  });
  const app = await startApp(workspace, registerEverything);
  await actEverything(workspace, app);
  await provokeErrors(workspace);
  const calls = workspace.state.calls();
  await app.stop();
  await workspace.close();
  return calls;
}

async function callsOfDriftbell(): Promise<readonly Call[]> {
  const bench = await startBench();
  await driftbellCalls(bench);
  const calls = bench.workspace.state.calls();
  await bench.close();
  return calls;
}

function tableProblems(references: ReadonlyMap<string, MethodReference>): readonly string[] {
  return Object.entries(rules).flatMap(([name, { scopes, tier }]) => {
    const reference = references.get(name);
    if (!reference) return undocumented.has(name) ? [] : [`${name}: not in the reference`];
    const isSame = scopes.toSorted().join() === [...reference.scopes].sort().join();
    return [
      ...(isSame ? [] : [`${name}: scopes ${reference.scopes.join(', ')} in the reference, ${scopes.join(', ')} here`]),
      ...(tier === reference.tier ? [] : [`${name}: tier ${reference.tier} in the reference, ${tier} here`]),
    ];
  });
}

function callProblems(references: ReadonlyMap<string, MethodReference>, calls: readonly Call[]): readonly string[] {
  const lines = calls.flatMap((call) => {
    const reference = references.get(call.method);
    if (!reference) return undocumented.has(call.method) ? [] : [`${call.method}: called, and not in the reference`];
    return reference.check(call).map((problem) => `${call.method}: ${problem}`);
  });
  return [...new Set(lines)];
}

export {
  type Applied,
  type ApplyDeps,
  applyDeclarations,
  atPlace,
  type Change,
  type Difference,
  differencesOf,
  type LookedAt,
  prepareDeclarations,
} from './apply.ts';
export { asksForHistory, changedFields, type Edit, type EditDeps, edit } from './edit.ts';
export { type InspectDeps, type Inspection, inspectSource, type Prepared } from './inspect.ts';
export {
  type Declared,
  type FileChange,
  fileChanges,
  formatModelsFile,
  parseModelsFile,
  writtenValue,
} from './models-file.ts';
export { type RegisterDeps, type Registration, register } from './register.ts';
export { type RetireDeps, retire } from './retire.ts';
export { ModelDeclaration, parseDeclaration } from './settings.ts';

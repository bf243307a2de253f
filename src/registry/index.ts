export { type RegisterDeps, type Registration, register } from './register.ts';
export { ModelDeclaration, parseDeclaration } from './settings.ts';

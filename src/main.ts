/** The door of the whole: the core, which the command line needs, and the bot around it. */
export { type Bot, type BotOptions, createBot } from './create-bot.ts';
export { type Core, type CoreOptions, createCore } from './create-core.ts';

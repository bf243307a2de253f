export { createSlackApp, type SlackApp, type SlackAppDeps, type SlackIdentity } from './app.ts';
export { type FormatOptions, formatMessage, type SlackMessage } from './block-kit.ts';
export { createDeliveryClient, createInteractiveClient } from './clients.ts';
export { type Degradation, degrade } from './degrade.ts';
export type { ActionDoors, CommandAnswer, CommandDoor, CommandInput, HomeDoor } from './doors.ts';
export { createSlackGateway, type GatewayDeps, METADATA_EVENT_TYPE } from './gateway.ts';
export { actionIds } from './ids.ts';
export { createPeople } from './people.ts';
export type { SlackSettings, SlackTransport } from './settings.ts';

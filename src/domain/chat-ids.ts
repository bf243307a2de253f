/** Of a person or of a user group. */
export const PERSON_OR_GROUP_ID = /^[UWS][A-Z0-9]{2,}$/;

const PERSON_ID = /^[UW][A-Z0-9]{2,}$/;
const CHANNEL_ID = /^[CG][A-Z0-9]{6,}$/;

/** Of a channel, a direct message, or the person whom to write to. Names are lower case: none looks like an id. */
const CONVERSATION_ID = /^[CGDU][A-Z0-9]{6,}$/;

/** As the chat names channels, with or without the `#`: at most 80 characters, no spaces, no dots, no capitals. */
const CHANNEL_NAME = /^#?(?:(?!\p{Lu})[\p{L}\p{M}\p{N}_-]){1,80}$/u;

export function isPersonId(text: string): boolean {
  return PERSON_ID.test(text);
}

export function isChannelId(text: string): boolean {
  return CHANNEL_ID.test(text);
}

export function isConversationId(text: string): boolean {
  return CONVERSATION_ID.test(text);
}

/** Whether the text can name a place for messages; whether there is such a place only the chat knows. */
export function namesPlace(text: string): boolean {
  return isConversationId(text) || CHANNEL_NAME.test(text);
}

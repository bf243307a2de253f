import type { ActionsBlockElement, Button, ContextActionsBlock, KnownBlock, PlainTextElement } from '@slack/types';
import type { Action, FeedbackChoice, MessageBlock } from '../messages/message.ts';
import { cleanHead, cutTo } from './cut.ts';
import { feedbackButtonIds } from './ids.ts';
import { limits } from './limits.ts';
import { isBlank, literalInPlain } from './mrkdwn.ts';

type Feedback = Extract<MessageBlock, { type: 'feedback' }>;
type Menu = Extract<Action, { type: 'menu' }>;
type PlainButton = Extract<Action, { type: 'button' }>;

/** Stands where a label is empty: Slack refuses empty text, and a button without words is still a button. */
const NO_WORDS = '·';

export function plainText(raw: string, limit: number): PlainTextElement {
  const text = cutTo(limit, raw, literalInPlain).trim();
  return { type: 'plain_text', text: isBlank(text) ? NO_WORDS : text, emoji: true };
}

/** A label that is read aloud: no markup, so no entities. */
export function spokenText(raw: string, limit: number): string {
  const text = cutTo(limit, raw, (part) => part).trim();
  return isBlank(text) ? '' : text;
}

/**
 * Buttons and menus as actions blocks: at most 25 in each, and no action id twice in the same one. What cannot work
 * at all, such as a button whose value Slack would refuse, is left out.
 */
export function formatActions(actions: readonly Action[]): KnownBlock[] {
  const blocks: { elements: ActionsBlockElement[]; ids: Set<string> }[] = [];
  for (const action of actions.slice(0, limits.blocks * limits.actions)) {
    const element = action.type === 'button' ? formatButton(action) : formatMenu(action);
    if (element === undefined) continue;
    const last = blocks.at(-1);
    if (last !== undefined && last.elements.length < limits.actions && !last.ids.has(action.action)) {
      last.elements.push(element);
      last.ids.add(action.action);
    } else {
      blocks.push({ elements: [element], ids: new Set([action.action]) });
    }
  }
  return blocks.map(({ elements }) => ({ type: 'actions', elements }));
}

export function formatFeedback(feedback: Feedback, form: 'native' | 'buttons'): KnownBlock[] {
  const { action, positive, negative } = feedback;
  if (!isUsableId(action) || !isUsableChoice(positive) || !isUsableChoice(negative)) return [];
  if (form === 'buttons') {
    const ids = feedbackButtonIds(action);
    return formatActions([asButton(ids.positive, positive), asButton(ids.negative, negative)]);
  }
  const block: ContextActionsBlock = {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: action,
        positive_button: formatChoice(positive),
        negative_button: formatChoice(negative),
      },
    ],
  };
  return [block];
}

function formatButton(action: PlainButton): Button | undefined {
  const { text, value, style, accessibilityLabel, confirm } = action;
  if (!isUsableId(action.action) || value.length > limits.valueChars) return undefined;
  const label = spokenText(accessibilityLabel ?? '', limits.accessibilityLabelChars);
  return {
    type: 'button',
    action_id: action.action,
    text: plainText(text, limits.buttonChars),
    ...(value === '' ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(label === '' ? {} : { accessibility_label: label }),
    ...(confirm === undefined
      ? {}
      : {
          confirm: {
            title: plainText(confirm.title, limits.confirmTitleChars),
            text: plainText(confirm.text, limits.confirmTextChars),
            confirm: plainText(confirm.confirm, limits.confirmButtonChars),
            deny: plainText(confirm.deny, limits.confirmButtonChars),
          },
        }),
  };
}

function formatMenu(menu: Menu): ActionsBlockElement | undefined {
  const usable = menu.options.filter(({ value }) => value !== '' && value.length <= limits.optionValueChars);
  if (!isUsableId(menu.action) || usable.length === 0) return undefined;
  return {
    type: 'static_select',
    action_id: menu.action,
    placeholder: plainText(menu.text, limits.placeholderChars),
    options: usable.slice(0, limits.options).map(({ text, value }) => ({
      text: plainText(text, limits.optionChars),
      value,
    })),
  };
}

function formatChoice({ text, value, accessibilityLabel }: FeedbackChoice) {
  const label = spokenText(accessibilityLabel, limits.accessibilityLabelChars);
  return {
    text: plainText(text, limits.buttonChars),
    value,
    ...(label === '' ? {} : { accessibility_label: label }),
  };
}

function asButton(action: string, { text, value, accessibilityLabel }: FeedbackChoice): Action {
  return { type: 'button', action, text, value, accessibilityLabel };
}

function isUsableId(id: string): boolean {
  return id !== '' && id.length <= limits.idChars && cleanHead(id, limits.idChars).text === id;
}

function isUsableChoice({ value }: FeedbackChoice): boolean {
  return value !== '' && value.length <= limits.valueChars;
}

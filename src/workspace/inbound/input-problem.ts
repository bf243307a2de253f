import { z } from 'zod';
import { answerElement, type Choice, isEmptyChoice } from '../blocks/answer.ts';
import type { Json } from '../records.ts';

type Given = { readonly choice: Choice | undefined; readonly offered: readonly Json[] };

/** What Slack would say at this field before it sends the dialog off; undefined when all is well. */
export function inputProblem(block: Json, element: Json, { choice, offered }: Given): string | undefined {
  if (isEmptyChoice(choice)) return block.optional === true ? undefined : 'Please complete this required field.';
  const problem = Array.isArray(choice) ? countProblem(element, choice) : textProblem(element, String(choice));
  if (problem !== undefined) return problem;
  const answer = answerElement(element, choice, offered);
  return answer.ok ? undefined : answer.reason;
}

function countProblem({ max_selected_items: most }: Json, choice: readonly string[]): string | undefined {
  return typeof most === 'number' && choice.length > most ? `Please pick no more than ${most}.` : undefined;
}

function textProblem(element: Json, text: string): string | undefined {
  switch (element.type) {
    case 'plain_text_input':
      return lengthProblem(element, text);
    case 'number_input':
      return numberProblem(element, text);
    case 'email_text_input':
      return z.email().safeParse(text).success ? undefined : 'Please enter an email address.';
    case 'url_text_input':
      return /^https?:\/\/\S+$/i.test(text)
        ? undefined
        : 'Please enter an address that begins with http:// or https://.';
    case 'datepicker':
      return z.iso.date().safeParse(text).success ? undefined : 'Please enter a date.';
    case 'timepicker':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? undefined : 'Please enter a time.';
    default:
      return undefined;
  }
}

function lengthProblem({ min_length: min, max_length: max }: Json, { length }: string): string | undefined {
  if (typeof min === 'number' && length < min) return `Please enter at least ${min} characters.`;
  if (typeof max === 'number' && length > max) return `Please enter no more than ${max} characters.`;
  return undefined;
}

function numberProblem(
  { is_decimal_allowed: isDecimal, min_value: min, max_value: max }: Json,
  text: string,
): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return 'Please enter a number.';
  if (isDecimal !== true && text.includes('.')) return 'Please enter a whole number.';
  if (min !== undefined && Number(text) < Number(min)) return `Please enter ${min} or more.`;
  if (max !== undefined && Number(text) > Number(max)) return `Please enter ${max} or less.`;
  return undefined;
}

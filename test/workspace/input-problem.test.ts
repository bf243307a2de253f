import { describe, expect, it } from 'vitest';
import { inputProblem } from '../../src/workspace/inbound/input-problem.ts';

type Row = readonly [element: Record<string, unknown>, choice: string | readonly string[] | null, problem?: string];

const number = { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '30' };
const text = { type: 'plain_text_input', min_length: 3, max_length: 5 };
const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });
const rows: readonly Row[] = [
  [number, '30'],
  [number, '0', 'Please enter 1 or more.'],
  [number, '31', 'Please enter 30 or less.'],
  [number, '2.5', 'Please enter a whole number.'],
  [{ ...number, is_decimal_allowed: true }, '2.5'],
  [number, '1e1', 'Please enter a number.'],
  [text, 'abc'],
  [text, 'ab', 'Please enter at least 3 characters.'],
  [text, 'abcdef', 'Please enter no more than 5 characters.'],
  [text, null, 'Please complete this required field.'],
  [text, '', 'Please complete this required field.'],
  [{ type: 'email_text_input' }, 'anna@example.com'],
  [{ type: 'email_text_input' }, 'anna', 'Please enter an email address.'],
  [{ type: 'url_text_input' }, 'https://example.com/a?b=1'],
  [{ type: 'url_text_input' }, 'javascript:alert(1)', 'Please enter an address that begins with http:// or https://.'],
  [{ type: 'datepicker' }, '2026-02-28'],
  [{ type: 'datepicker' }, '2026-02-30', 'Please enter a date.'],
  [{ type: 'timepicker' }, '23:59'],
  [{ type: 'timepicker' }, '24:00', 'Please enter a time.'],
  [{ type: 'multi_users_select', max_selected_items: 2 }, ['U1', 'U2']],
  [{ type: 'multi_users_select', max_selected_items: 1 }, ['U1', 'U2'], 'Please pick no more than 1.'],
  [{ type: 'static_select', options: [option('a')] }, 'a'],
  [{ type: 'rich_text_input' }, 'some words'],
];

describe('a field of a dialog', () => {
  it.each(rows.map(([element, choice, problem]) => ({ element, choice, problem })))(
    '$element with $choice says $problem',
    ({ element, choice, problem }) => {
      expect(inputProblem({ type: 'input' }, element, { choice, offered: [] })).toBe(problem);
    },
  );

  it('may be empty when it is optional, and takes no value that was not offered', () => {
    const select = { type: 'static_select', options: [option('a')] };

    expect(inputProblem({ type: 'input', optional: true }, text, { choice: null, offered: [] })).toBeUndefined();
    expect(inputProblem({ type: 'input' }, select, { choice: 'b', offered: [] })).toContain('expected a value stored');
  });
});

import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import type { QuietHoursForm, QuietHoursValues } from '../../messages/form.ts';
import { plainText } from '../elements.ts';
import { fieldBlockId, INPUT_ACTION, viewIds } from '../ids.ts';
import { limits } from '../limits.ts';
import type { ViewSubmission } from '../payloads.ts';
import { option, optionalInput } from './inputs.ts';
import { titleText } from './plain-view.ts';

const WEEKENDS: PlainTextOption = option('Whole Saturdays and Sundays', 'weekends');
const EXCEPTIONS: readonly PlainTextOption[] = [
  option('Critical reports', 'critical'),
  option('High and critical reports', 'high'),
  option('Nothing', 'never'),
];

/** The dialog of a model's quiet hours. */
export function quietHoursView({ subject, zone, values }: QuietHoursForm): ModalView {
  const { from, to, weekends, unless } = values;
  const exception = EXCEPTIONS.find(({ value }) => value === unless) ?? EXCEPTIONS[0];
  return {
    type: 'modal',
    callback_id: viewIds.quietHours,
    private_metadata: JSON.stringify(subject),
    title: titleText('Quiet hours'),
    submit: plainText('Save', limits.viewTitleChars),
    close: plainText('Cancel', limits.viewTitleChars),
    blocks: [
      {
        type: 'section',
        text: plainText(
          `In its quiet hours what is new about ${subject.slug} waits, and comes when they end. Empty times and no weekends: never quiet.`,
          limits.sectionChars,
        ),
      },
      time('from', 'From', from, `Times of ${zone}.`),
      time('to', 'To', to, 'May be of the next morning.'),
      optionalInput('weekends', 'Weekends', {
        type: 'checkboxes',
        action_id: INPUT_ACTION,
        options: [WEEKENDS],
        ...(weekends ? { initial_options: [WEEKENDS] } : {}),
      }),
      optionalInput('unless', 'Come all the same', {
        type: 'static_select',
        action_id: INPUT_ACTION,
        options: [...EXCEPTIONS],
        ...(exception && { initial_option: exception }),
      }),
    ],
  };
}

/** What stands in the dialog; what is missing is as good as empty, and the verb's own rules judge it. */
export function readQuietHours({ state }: ViewSubmission['view']): QuietHoursValues {
  const at = (name: keyof QuietHoursValues) => state.values[fieldBlockId(name)]?.[INPUT_ACTION];
  return {
    from: at('from')?.selected_time ?? '',
    to: at('to')?.selected_time ?? '',
    weekends: (at('weekends')?.selected_options ?? []).length > 0,
    unless: at('unless')?.selected_option?.value ?? '',
  };
}

function time(name: 'from' | 'to', label: string, value: string, hint: string): InputBlock {
  return {
    ...optionalInput(name, label, {
      type: 'timepicker',
      action_id: INPUT_ACTION,
      ...(value === '' ? {} : { initial_time: value }),
    }),
    hint: plainText(hint, limits.labelChars),
  };
}

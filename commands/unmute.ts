import { scopeWords, unmute as unmuteModel } from '../src/alerting/index.ts';
import { isWholeModel } from '../src/domain/series-scope.ts';
import { type Message, plainMessage } from '../src/messages/message.ts';
import { defineCommand } from './command.ts';
import { findColumn } from './find-column.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'unmute <model> [column]';

export const unmute = defineCommand<{ readonly slug: string; readonly column?: string }>({
  name: 'unmute',
  usage: USAGE,
  summary: 'Ends the mutes of a model, or of one column, at once and posts what is firing.',
  examples: ['unmute flight-delay', 'unmute flight-delay distance'],
  role: 'responder',
  about: 'model',
  parse: (args) => {
    refuseExtras(args, 2, [], USAGE);
    const column = args.words[1];
    return { slug: requireWord(args, 0, 'model', USAGE), ...(column === undefined ? {} : { column }) };
  },
  run: (deps, { slug, column: typed }, { user }): Message => {
    const { stores, clock } = deps;
    const model = findModel(stores, slug);
    if (typed === undefined) {
      const mutes = stores.mutes.inForce(model.id, clock.now());
      const isWhole = mutes.some(({ scope }) => scope === undefined || isWholeModel(scope));
      const parts = mutes.map(({ scope }) => scopeWords(scope)).join(', ');
      if (unmuteModel(deps, { model, by: user }) === 0) return plainMessage(`${model.slug} was not muted.`);
      return plainMessage(`${isWhole ? model.slug : `${parts} of ${model.slug}`} is no longer muted.`);
    }
    const column = findColumn(stores, model, typed);
    const ids = stores.mutes
      .inForce(model.id, clock.now())
      .flatMap(({ id, scope }) => (scope?.column === column ? [id] : []));
    const ended = ids.length === 0 ? 0 : unmuteModel(deps, { model, by: user, ids });
    const what = `${scopeWords({ column })} of ${model.slug}`;
    return plainMessage(ended > 0 ? `${what} is no longer muted.` : `${what} was not muted.`);
  },
});

import { describe, expect, it } from 'vitest';
import { type RequestArgs, readRequest } from '../../src/slack/request.ts';

function keyOf(body: object): string {
  return readRequest({ body, context: {} } as unknown as RequestArgs).key;
}

const submission = { type: 'view_submission', user: { id: 'U0ANNA' }, view: { id: 'V0FORM', hash: '1.a' } };

describe('the key of a request', () => {
  it('is the same for a submission that Slack sends twice, and another for one that was sent off again after errors', () => {
    const first = keyOf({ ...submission, trigger_id: '1.2.a' });

    expect(keyOf({ ...submission, trigger_id: '1.2.a' })).toBe(first);
    expect(keyOf({ ...submission, trigger_id: '1.2.b' })).not.toBe(first);
  });
});

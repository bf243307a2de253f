import { describe, expect, it } from 'vitest';
import { bold, code, type Inline, text } from '../../src/messages/message.ts';
import { cutTo } from '../../src/slack/cut.ts';
import { formatInline } from '../../src/slack/inline.ts';
import { clean, escapeEntities, literal, unescapeEntities } from '../../src/slack/mrkdwn.ts';

const LIMIT = 500;

describe('data in mrkdwn', () => {
  it.each([
    ['a name with underscores stays as it is', 'user_id_v2 stg__orders', 'user_id_v2 stg__orders'],
    ['a product stays as it is', '2 * 3 = 6', '2 * 3 = 6'],
    ['asterisks around a word become look-alikes', '*x*', '∗x∗'],
    ['underscores around a word become look-alikes', '_x_ and __len__', 'ˍxˍ and ˍˍlenˍˍ'],
    ['a tilde before a number becomes a look-alike', '~5 %', '∼5 %'],
    ['a backtick becomes a look-alike', 'a`b', 'aˋb'],
    ['a mention becomes entities', '<!channel> & <@U1>', '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
    ['an entity of the data is not read as one', '&lt;', '&amp;lt;'],
    ['an emoji name stays a name', ':bell:', ':\u200Bbell:'],
    ['a time of day stays a time of day', '10:30:45', '10:30:45'],
    ['a line that begins with > is no quotation', '> 5\nx > 5', '\u00AD&gt; 5\nx &gt; 5'],
  ])('%s', (_what, raw, expected) => {
    expect(literal(clean(raw))).toBe(expected);
  });

  it.each([
    ['styles', [bold('a'), text(' b '), code('c_*')], '*a* b `c_*`'],
    ['a style beside a word', [text('n'), bold('3'), text('rows')], 'n\u200B*3*\u200Brows'],
    ['spaces outside their style', [bold(' a ')], ' *a* '],
    ['a style over lines as one line', [bold('a\nb')], '*a b*'],
    ['delimiters inside a style', [bold('a*b')], '*a∗b*'],
    ['a name inside a style', [bold('profile_v2.age')], '*profile_v2.age*'],
    ['a backtick inside code', [code('a`b')], '`aˋb`'],
    ['a person who is none', [{ type: 'user', userId: 'system' }], 'system'],
    ['a link that is none', [{ type: 'link', url: 'javascript:x', text: 'press' }], 'press'],
    [
      'a link with a bar',
      [{ type: 'link', url: 'https://a.io/?b|c&d', text: 'x|y' }],
      '<https://a.io/?b%7Cc&amp;d|x¦y>',
    ],
  ] as const satisfies readonly (readonly [string, Inline, string])[])('writes %s', (_what, content, expected) => {
    expect(formatInline(content, LIMIT)).toBe(expected);
  });

  it('replaces lone surrogates, and drops controls and turns of the reading direction', () => {
    expect(clean('a\uD83Db\u0007c\u202Ed\r\ne\tf')).toBe('a\uFFFDbcd\ne f');
  });

  it('reads back what people typed', () => {
    expect(unescapeEntities(escapeEntities('a < b & c > d &amp;'))).toBe('a < b & c > d &amp;');
  });
});

describe('a cut', () => {
  it.each([
    ['stands at the end of a word', 'several words of text', 15, 'several words…'],
    ['stands within a word that is most of the text', 'abcdefghijklmnop', 8, 'abcdefg…'],
    ['never splits an escape', '&&&&', 11, '&amp;&amp;…'],
    ['never splits an emoji', '👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 15, '👩‍👩‍👧‍👦…'],
    ['is none when the text fits', 'short', 5, 'short'],
  ])('%s', (_what, raw, limit, expected) => {
    expect(cutTo(limit, raw, escapeEntities)).toBe(expected);
  });

  it('keeps the style of a run that is cut, and drops what comes after', () => {
    expect(formatInline([text('so '), bold('very important words'), text(' end')], 20)).toBe('so *very important*…');
  });
});

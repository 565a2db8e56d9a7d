/** Paths, queries and headers that no well-meaning client sends. */
import fc from 'fast-check';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { signalsBasePath } from '../../../shared/signals/names.ts';
import { readSignalsOperations } from '../../../shared/signals/signals.ts';

/** Not the user of the key, because losing it would end the run, and no large files. */
export const ids = Object.entries(demoIds)
  .filter(([name]) => name !== 'keyUser' && !name.startsWith('file'))
  .map(([, id]) => id);
const operations = readSignalsOperations();
const templates = [...new Set(operations.map(({ path }) => path))];

const nasty = [
  ...['%', '%%', '%zz', '%2', '%00', '%0d%0aX-Injected:%201', '%2F', '%5C', '%25', '%252e%252e', '%c0%ae%c0%ae', '%ff'],
  ...[
    '..',
    '.',
    '../',
    '..%2f',
    '..;',
    '%2e%2e',
    '..\\',
    '%2e',
    '....//',
    '~',
    '*',
    '{eid}',
    '$(id)',
    '<script>',
    "' OR 1=1--",
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'null', 'undefined', 'NaN', '-1', '1e999'],
  ...[
    '\u00e9',
    '\u00ff',
    '`',
    '|',
    '"',
    '\\',
    '^',
    '[',
    ']',
    '#',
    '?',
    '&',
    '=',
    '+',
    ';',
    ',',
    '@',
    ':',
    '//',
    '(',
    ')',
  ],
  ...[
    'page[limit]',
    'page[offset]',
    'digest',
    'force',
    'include',
    'http:',
    'https://snb.example.com/',
    'file:///',
    'a'.repeat(300),
  ],
];
/** What node's own client puts into a request line: visible Latin-1. */
const targetText = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.integer().map(String),
);
const segment = fc.oneof(fc.constantFrom(...ids), targetText);

const fill = (template: string, values: readonly string[]): string => {
  let index = 0;
  return template.replace(/\{\w+\}|\*/g, () => values[index++ % values.length] ?? '');
};
const knownPath = fc
  .tuple(fc.constantFrom(...templates), fc.array(segment, { minLength: 1, maxLength: 3 }))
  .map(([template, values]) => signalsBasePath + fill(template, values));
const anyPath = fc.array(segment, { maxLength: 6 }).map((segments) => `${signalsBasePath}/${segments.join('/')}`);
const facadePath = fc
  .tuple(
    fc.constantFrom(
      '/v1/uploads',
      '/v1/uploads/',
      '/docs/',
      '/docs',
      '/health',
      '/openapi.json',
      '/',
      '/v1',
      '//',
      '/api',
      '*',
    ),
    fc.option(segment, { nil: '' }),
  )
  .map(([path, rest]) => path + rest);
export const path = fc.oneof(
  { weight: 5, arbitrary: knownPath },
  { weight: 3, arbitrary: anyPath },
  { weight: 2, arbitrary: facadePath },
  { weight: 1, arbitrary: targetText.map((text) => `/${text}`) },
);

const queryName = fc.oneof(
  fc.constantFrom(
    'page[limit]',
    'page%5Boffset%5D',
    'digest',
    'force',
    'include',
    'includeTypes',
    'format',
    'eid',
    'depth',
    'start',
    'again',
    'value',
    'source',
    'sort',
    'filename',
    'url',
  ),
  targetText,
);
export const query = fc
  .array(fc.tuple(queryName, fc.option(fc.oneof(targetText, fc.constantFrom('true', '0', '100', ...ids)))), {
    maxLength: 5,
  })
  .map((pairs) =>
    pairs.length === 0
      ? ''
      : `?${pairs.map(([name, value]) => (value === null ? name : `${name}=${value}`)).join('&')}`,
  );

export const headerValue = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'null',
    '*/*',
    '\t',
    'a'.repeat(5_000),
    '0',
    '-1',
    '../../etc/passwd',
    '{}',
    'é',
    '\u00ff'.repeat(9),
  ),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from({ length: 0xff - 0x20 }, (_, index) => String.fromCharCode(index + 0x20)).filter(
        (one) => one !== '\u007f',
      ),
    ),
    maxLength: 40,
  }),
);
export const headerName = fc.oneof(
  fc.constantFrom(
    ...[
      'accept',
      'accept-encoding',
      'content-type',
      'content-encoding',
      'x-http-method-override',
      'x-forwarded-for',
      'x-forwarded-host',
    ],
    ...[
      'x-forwarded-proto',
      'forwarded',
      'via',
      'range',
      'if-match',
      'if-none-match',
      'if-modified-since',
      'cache-control',
      'cookie',
    ],
    ...[
      'authorization',
      'origin',
      'referer',
      'user-agent',
      'x-api-key',
      'x-request-id',
      'x-amzn-trace-id',
      'x-original-url',
      'te',
    ],
    ...[
      'accept-language',
      'prefer',
      'digest',
      'x-amz-date',
      'host',
      '__proto__',
      'constructor',
      'max-forwards',
      'upgrade-insecure-requests',
    ],
  ),
  fc.string({ unit: fc.constantFrom(..."abcXYZ019-_.!#$%&'*+^`|~"), minLength: 1, maxLength: 12 }),
);
/** Headers that frame the message would make node's client send another one than was meant; the raw bytes have those. */
const framing = /^(connection|content-length|transfer-encoding|upgrade|expect|keep-alive|proxy-connection|trailer)$/i;
export const headers = fc.array(
  fc.tuple(
    headerName.filter((name) => !framing.test(name)),
    headerValue,
  ),
  { maxLength: 6 },
);
export const key = fc.oneof(
  { weight: 12, arbitrary: fc.constant([['x-api-key', 'demo-app'] as const]) },
  { weight: 2, arbitrary: fc.constant([['x-api-key', 'demo-reader'] as const]) },
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: headerValue.map((value) => [['x-api-key', value] as const]) },
);

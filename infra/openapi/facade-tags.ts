/** The capabilities of the facade's own, as tags. */
import type { Json } from './native-api.ts';

export const facadeTags: readonly Json[] = [
  {
    name: 'uploads',
    description: 'Bodies above the size limit of the gateway, up to 300 MiB: create, PUT the bytes, forward.',
  },
  { name: 'cache', description: 'What the cache does, and emptying it. For operators.' },
  { name: 'quota', description: "How the tenant's budget stands, and calls reserved ahead." },
  { name: 'requests', description: 'Why a request was answered as it was.' },
  { name: 'audit', description: 'Who has changed what, and what came of it. For operators.' },
  {
    name: 'consumers',
    description: 'Who may call, with which keys and rights, and who one is. For administrators, but for `/v1/me`.',
  },
  {
    name: 'credentials',
    description: 'The API keys that the facade calls the tenant with. For operators. No answer holds a secret.',
  },
  {
    name: 'tokens',
    description:
      'Tokens of people, for calls in their name: linked by the person in a browser, kept alive while idle. No answer holds a value.',
  },
  { name: 'service', description: 'For people and tools. No key needed.' },
];

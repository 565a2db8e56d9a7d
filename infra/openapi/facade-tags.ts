/** The tags of the facade's own routes: one for each capability. */
import type { Json } from './native-api.ts';

/** A group of the tenant may have the name of a capability, such as `materials`. Names of tags are unique (OpenAPI 3.1, 4.8.1). */
export const facadeTagOf = (capability: string): string => `facade-${capability}`;

const descriptions: readonly { readonly name: string; readonly description: string }[] = [
  {
    name: 'uploads',
    description: 'Bodies above the size limit of the gateway, up to 300 MiB: create, PUT the bytes, forward.',
  },
  {
    name: 'materials',
    description: 'Assets and batches of a library in pages; inventory items, and new containers and locations.',
  },
  {
    name: 'entities',
    description: 'Rows of all types of tables, files and properties of an entity, templates, and SCIM below `/v1`.',
  },
  { name: 'actions', description: 'Pages that the tenant opens in a dialog, for people. These routes need no key.' },
  {
    name: 'samples',
    description: 'Whether samples are registered in an outside system as they are now; which have drifted.',
  },
  { name: 'archive', description: 'The PDFs of closed experiments, which nobody can change or delete.' },
  { name: 'exports', description: 'Files that the tenant makes slowly, such as PDFs: as jobs, kept for 30 days.' },
  { name: 'cache', description: 'State of the cache, and purges. For the team that runs the facade.' },
  { name: 'quota', description: "The tenant's budget, and bookings of calls in advance." },
  { name: 'requests', description: 'Why requests were answered as they were, and what consumers used.' },
  { name: 'health', description: 'Whether what the facade leans on works.' },
  { name: 'audit', description: 'Who changed what, and with which outcome. For the team that runs the facade.' },
  {
    name: 'consumers',
    description:
      'Consumers, their keys and scopes. For administrators, except `/v1/me`, which every consumer may call.',
  },
  {
    name: 'credentials',
    description:
      'The API keys with which the facade calls the tenant. For the team that runs the facade. No answer contains a secret.',
  },
  {
    name: 'tokens',
    description:
      'Linked tokens of people, for calls as that person. The person links a token in a browser; the facade keeps it alive. No answer contains a token.',
  },
  {
    name: 'notifications',
    description:
      'Subscriptions: events of the tenant in a queue of yours. The ledger of notifications, and what was sent to whom.',
  },
  {
    name: 'lists',
    description:
      'External lists and data sources, which the tenant calls with a secret header each, and their administration. No answer contains a secret.',
  },
  { name: 'hooks', description: 'Where the tenant pushes its notifications. With a header that an operator sets.' },
  { name: 'service', description: 'For people and tools. These routes need no key.' },
];

export const facadeTags: readonly (Json & { readonly name: string })[] = descriptions.map(({ name, description }) => ({
  ...{ name: facadeTagOf(name), 'x-displayName': name, description },
}));

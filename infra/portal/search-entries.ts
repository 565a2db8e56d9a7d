/** What the search of the portal looks through: the sections of the guides, and the operations. */
import type { Json } from '../openapi/native-api.ts';
import type { Guide } from './guide.ts';

export type SearchEntry = {
  readonly title: string;
  /** Where it stands: the guide, or the method and path of the operation. */
  readonly place: string;
  readonly text: string;
  /** Relative to /docs/. */
  readonly href: string;
};

const ofGuide = ({ name, title, sections }: Guide): SearchEntry[] =>
  sections.map((section) => ({
    ...{ title: section.title, place: title, text: section.text },
    href: `guides/${name}#${section.id}`,
  }));

type Operation = { readonly operationId: string; readonly summary?: string; readonly tags?: readonly string[] };

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

const ofOperations = (document: Json): SearchEntry[] =>
  Object.entries(document.paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>).flatMap(
    ([path, item]) =>
      Object.entries(item)
        .filter(([method]) => methods.includes(method))
        .map(([method, { operationId, summary = operationId, tags = [] }]) => ({
          ...{ title: summary, place: `${method.toUpperCase()} ${path}`, text: operationId },
          href: `reference#tag/${tags[0]}/${operationId}`,
        })),
  );

export const searchEntriesOf = (guides: readonly Guide[], document: Json): SearchEntry[] => [
  ...guides.flatMap(ofGuide),
  ...ofOperations(document),
];

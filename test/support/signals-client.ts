/** A small client of the Signals REST API, like those of applications. It has a base URL and a key, and nothing specific to the facade. */
import * as z from 'zod';

const jsonApi = 'application/vnd.api+json';

/** The members of a document that the session uses. */
const Resource = z.looseObject({
  id: z.string(),
  type: z.string(),
  attributes: z.record(z.string(), z.unknown()).default({}),
});
export type Resource = z.output<typeof Resource>;
const Document = z.looseObject({
  links: z.record(z.string(), z.string()).default({}),
  data: z.union([Resource, z.array(Resource)]),
  included: z.array(Resource).default([]),
});
type Document = z.output<typeof Document>;
const Errors = z.object({ errors: z.array(z.record(z.string(), z.string())).min(1) });

/** A refusal of the tenant, with the status and code of its document. */
class SignalsRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

type Call = { readonly body?: unknown; readonly type?: string };

export const createSignalsClient = (baseUrl: string, apiKey: string) => {
  /** `path` below the base URL, or a link of a document. */
  const fetchRaw = async (method: string, path: string, { body, type }: Call = {}): Promise<Response> => {
    const isBytes = body instanceof Uint8Array;
    const response = await fetch(path.startsWith('/') ? baseUrl + path : path, {
      method,
      headers: { 'x-api-key': apiKey, ...(body === undefined ? {} : { 'content-type': type ?? jsonApi }) },
      ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const { errors } = Errors.parse(await response.json());
    throw new SignalsRefusal(response.status, errors[0]?.code ?? '');
  };
  const call = async (method: string, path: string, options?: Call): Promise<Document> =>
    Document.parse(await (await fetchRaw(method, path, options)).json());
  const one = async (method: string, path: string, options?: Call): Promise<Resource> => {
    const { data } = await call(method, path, options);
    const resource = Array.isArray(data) ? data[0] : data;
    if (!resource) throw new Error(`${method} ${path} answered with an empty list`);
    return resource;
  };

  return {
    fetchRaw,
    call,
    one,
    read: (eid: string): Promise<Resource> => one('GET', `/entities/${eid}`),
    async digest(eid: string): Promise<string> {
      return String((await one('GET', `/entities/${eid}`)).attributes.digest);
    },
    /** Creates under a parent; `guard` is the query that carries the parent's digest, or `force=true`. */
    create: (type: string, name: string, parent?: string, guard = '', template?: string): Promise<Resource> =>
      one('POST', `/entities${guard && `?${guard}`}`, {
        body: {
          data: {
            type,
            attributes: { name },
            relationships: {
              ...(parent ? { ancestors: { data: [{ type: parent.split(':')[0], id: parent }] } } : {}),
              ...(template ? { template: { data: { type, id: template } } } : {}),
            },
          },
        },
      }),
    upload: (parent: string, fileName: string, guard: string, bytes: Uint8Array, type: string): Promise<Resource> =>
      one('POST', `/entities/${parent}/children/${encodeURIComponent(fileName)}?${guard}`, { body: bytes, type }),
    async download(eid: string): Promise<Buffer> {
      return Buffer.from(await (await fetchRaw('GET', `/entities/${eid}/export`)).arrayBuffer());
    },
    /** Every resource of a list, page by page, along the links of its documents. */
    async *pages(path: string): AsyncGenerator<Resource> {
      for (let next: string | undefined = path; next; ) {
        const { links, data }: Document = await call('GET', next);
        yield* [data].flat();
        next = links.next;
      }
    },
  };
};
export type SignalsClient = ReturnType<typeof createSignalsClient>;

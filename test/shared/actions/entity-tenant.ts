/** A tenant of one entity with children, for pages of /actions: counts the calls, and may refuse or fail. */
import type { SendCall } from '../../../shared/tenant-calls/ask-tenant.ts';

export const eid = 'experiment:11111111-2222-4333-8444-555555555555';
export const templateId = 'experiment:99999999-2222-4333-8444-555555555555';

type ChildOf = { readonly type: string; readonly name: string; readonly flags?: object };

export const sheet: ChildOf = { type: 'excel', name: 'Safety Sheet' };

type Setting = {
  readonly attributes?: object;
  readonly relationships?: object;
  readonly children?: readonly ChildOf[];
  /** Called in place of the answer of the path that it is for. */
  readonly instead?: (path: string) => { readonly status: number; readonly document: unknown } | undefined;
};

const pageOf = (path: string, children: readonly ChildOf[]) => {
  const query = new URL(path, 'http://tenant.example.com').searchParams;
  const [offset, limit] = ['page[offset]', 'page[limit]'].map((name) => Number(query.get(name)));
  const end = (offset ?? 0) + (limit ?? 0);
  const data = children.slice(offset, end).map((attributes, index) => ({ id: `${index}`, attributes }));
  return { data, links: end < children.length ? { next: 'http://elsewhere.example.com/not-followed' } : {} };
};

export const createEntityTenant = ({ attributes, relationships, children = [], instead }: Setting = {}) => {
  const paths: string[] = [];
  const entityOf = (id: string) => ({
    data: {
      id,
      attributes: { type: 'experiment', name: 'Secret name', state: 'open', fields: {}, ...attributes },
      relationships: { ...relationships },
    },
  });
  const call: SendCall = async ({ method, path }) => {
    paths.push(`${method} ${path}`);
    const [, id = ''] = /^\/entities\/([^/?]+)/.exec(path) ?? [];
    const document = path.includes('/children?') ? pageOf(path, children) : entityOf(decodeURIComponent(id));
    const found = instead?.(path) ?? { status: 200, document };
    return { status: found.status, headers: [], body: Buffer.from(JSON.stringify(found.document)), actedAs: 'service' };
  };
  return { call, paths };
};

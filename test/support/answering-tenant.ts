import { Readable } from 'node:stream';
import { askAs, type Tenant } from '../../shared/tenant-calls/ask-tenant.ts';

/** A tenant that answers each call with 200. @param documentOf path and query of the call. */
export const answeringTenant = (documentOf: (path: string) => unknown): Tenant =>
  askAs(async ({ path }) => {
    const body = Readable.from([Buffer.from(JSON.stringify(documentOf(path)))]);
    return { status: 200, headers: [], body };
  }, {});

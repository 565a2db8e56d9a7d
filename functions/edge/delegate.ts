/** For a function that answers for several capabilities: hands each request to the one that has its path. */
import type { RouteDefinition } from '../../shared/routes/route.ts';
import { createRouteTable } from '../../shared/routes/route-table.ts';
import type { Handle } from './http-handler.ts';

type Part = { readonly routes: readonly RouteDefinition[]; readonly handle: Handle };

/** The first part also gets what no part has a route for, and answers 404. */
export const delegate = (first: Part, ...others: readonly Part[]): Handle => {
  const owners = others.map(({ routes, handle }) => ({ find: createRouteTable(routes), handle }));
  return (request, facts) => {
    const owner = owners.find(({ find }) => find(request.path)) ?? first;
    return owner.handle(request, facts);
  };
};

/** The rows of the table, each with its route. */
import { facadeRoutes } from '../../../shared/surface/facade-routes.ts';
import type { Command } from './command.ts';
import { nouns } from './nouns.ts';

const routeOf = (id: string) => {
  const route = facadeRoutes.find((one) => one.id === id);
  if (!route) throw new Error(`No route has the id ${id}.`);
  return route;
};

/** All commands, in the order of the table. */
export const commands: readonly Command[] = Object.entries(nouns).flatMap(([noun, { verbs }]) =>
  Object.entries(verbs).map(([verb, row]): Command => {
    const route = routeOf(row.route);
    return {
      ...row,
      noun,
      verb,
      route,
      about: row.about ?? route.summary,
      asks: row.asks ?? route.method === 'DELETE',
    };
  }),
);

/** `/cro/…` repeats notebook operations for users of contract partners, with the same parameters. Which users are partners is not simulated. */
import type { Handler, Routes } from '../http/call.ts';
import { type OperationKey, operations } from '../operations.ts';

/** The operation without its `/cro`. */
const nativeKey = (key: OperationKey): OperationKey => key.replace(' /cro/', ' /') as OperationKey;

/** The partners' operations that have a counterpart among these. */
export const partnerRoutes = (routes: Routes): Routes => {
  const partners = operations.filter(({ group }) => group === 'cro');
  const pairs = partners.map(({ key }): [OperationKey, Handler | undefined] => [key, routes[nativeKey(key)]]);
  return Object.fromEntries(pairs.filter(([, handler]) => handler !== undefined));
};

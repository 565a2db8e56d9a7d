/** What a path names, or the refusal that the documents or the server have for it. */
import { notFound, Refusal, unforeseen } from '../http/refusals.ts';
import { json } from '../http/reply.ts';
import type { World } from '../world/world.ts';

interface Row {
  readonly id: number;
}

/** For reads of one record. @throws Refusal 404; on the server 200 with null */
export const readRow = <T extends Row>(world: World, rows: readonly T[], id: number, type: string): T => {
  const row = rows.find((known) => known.id === id);
  if (row !== undefined) return row;
  throw world.switches.missingIsNull ? new Refusal(json({ data: null })) : notFound(type);
};

/** For changes. @throws Refusal 404; on the server 500 */
export const changeRow = <T extends Row>(world: World, rows: readonly T[], id: number, type: string): T => {
  const row = rows.find((known) => known.id === id);
  if (row !== undefined) return row;
  throw world.switches.missingChangeFails ? unforeseen() : notFound(type);
};

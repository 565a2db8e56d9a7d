/** The handlers of /v1/archive/holds: request in, domain call, reply out. */
import { toHoldDocument, toHoldsDocument } from '../../shared/archive/holds/hold-document.ts';
import { holdIdOf, parseHoldId } from '../../shared/archive/holds/hold-record.ts';
import type { Holds } from '../../shared/archive/holds/holds.ts';
import type { holdRoutes } from '../../shared/archive/holds/routes.ts';
import { nextPageOf } from '../../shared/http/next-page.ts';
import type { Handlers } from './capability.ts';

export const createHoldHandlers = (
  holds: Pick<Holds, 'place' | 'release' | 'read' | 'list'>,
): Handlers<typeof holdRoutes> => ({
  listHolds: async ({ request, query }) => {
    const page = await holds.list(query['filter[entity]'], query['page[cursor]']);
    const self = `${request.publicUrl}/v1/archive/holds`;
    const next = page.cursor === undefined ? undefined : nextPageOf(self, request.query, page.cursor);
    return { status: 200, document: toHoldsDocument(page.holds, request.publicUrl, next) };
  },
  readHold: async ({ request, path }) => ({
    status: 200,
    document: toHoldDocument(await holds.read(path.holdId), request.publicUrl),
  }),
  placeHold: async ({ request, caller, body, act }) => {
    const { entity, reason } = body.data.attributes;
    const placed = await act(
      entity,
      async (note) => {
        const hold = await holds.place(entity, reason, caller.consumer.id);
        note([{ of: holdIdOf(entity, hold.number), field: 'state', new: 'held' }]);
        return hold;
      },
      { reason },
    );
    return { status: 201, document: toHoldDocument(placed, request.publicUrl) };
  },
  releaseHold: async ({ request, caller, path, body, act }) => {
    const { reason } = body.data.attributes;
    const released = await act(
      parseHoldId(path.holdId)?.eid ?? path.holdId,
      async (note) => {
        const hold = await holds.release(path.holdId, reason, caller.consumer.id);
        note([{ of: path.holdId, field: 'state', old: 'held', new: 'released' }]);
        return hold;
      },
      { hold: path.holdId, reason },
    );
    return { status: 200, document: toHoldDocument(released, request.publicUrl) };
  },
});

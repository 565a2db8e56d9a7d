/** The handlers of /v1/archive/backfills: request in, domain call, reply out. */
import { toBackfillDocument, toBackfillsDocument } from '../../shared/archive/backfills/backfill-document.ts';
import type { Backfills } from '../../shared/archive/backfills/backfills.ts';
import type { backfillRoutes } from '../../shared/archive/backfills/routes.ts';
import { changesBetween } from '../../shared/audit/changes.ts';
import type { Handlers } from './capability.ts';

/** No backfill has the number 0. */
const toId = (text: string): number => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0);

export const createBackfillHandlers = (backfills: Backfills): Handlers<typeof backfillRoutes> => ({
  createBackfill: async ({ request, caller, act }) => {
    const made = await act('archive', async (note) => {
      const backfill = await backfills.create(caller.consumer.id);
      note(changesBetween(undefined, { state: backfill.state }, `backfill ${backfill.id}`));
      return backfill;
    });
    return { status: 202, document: toBackfillDocument(made, request.publicUrl) };
  },
  listBackfills: async ({ request }) => ({
    status: 200,
    document: toBackfillsDocument(await backfills.list(), request.publicUrl),
  }),
  readBackfill: async ({ request, path }) => ({
    status: 200,
    document: toBackfillDocument(await backfills.read(toId(path.backfillId)), request.publicUrl),
  }),
  changeBackfill: async ({ request, path, body, act }) => {
    const { state } = body.data.attributes;
    const changed = await act(`backfill ${path.backfillId}`, async (note) => {
      const { before, after } = await backfills.change(toId(path.backfillId), state);
      note(changesBetween({ state: before }, { state: after.state }));
      return after;
    });
    return { status: 200, document: toBackfillDocument(changed, request.publicUrl) };
  },
});

/** Closing, reopening and archiving records. No operation signs. */
import { iso } from '../documents/entity-document.ts';
import { badRequest } from '../errors.ts';
import { type Call, entityOf, type Handler, optionalBodyJson, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { emptyOk, ok } from '../http/reply.ts';
import { at, textOf } from '../json.ts';
import { actOnRecord, type RecordAction } from '../tenant/records.ts';

const review =
  (action: RecordAction): Handler =>
  (call) => {
    const reason = at(optionalBodyJson(call), 'data', 'attributes', 'reason');
    if (reason !== undefined && typeof reason !== 'string') throw badRequest('reason must be text.');
    actOnRecord(call.tenant, entityOf(call), action, call.user.id, textOf(reason));
    return emptyOk;
  };

const reviewActions: ReadonlySet<string> = new Set([
  'close',
  'sign',
  'close_without_signing',
  'reopen',
  'archive',
  'unarchive',
  'void',
]);

const read = (call: Call) => {
  const entity = entityOf(call);
  const steps = call.tenant.history.of(entity.id).filter(({ action }) => reviewActions.has(action));
  return ok({
    links: selfLinks(call),
    data: {
      type: 'reviews',
      id: entity.id,
      attributes: {
        state: entity.state ?? '',
        reviews: steps.map(({ action, userId, atMillis, detail }) => ({
          action,
          userId,
          createdAt: iso(atMillis),
          reason: detail,
        })),
      },
    },
  });
};

export const reviewRoutes: Routes = {
  'GET /entities/{eid}/reviews': read,
  'POST /entities/{eid}/reviews/close': review('close'),
  'POST /entities/{eid}/reviews/reopen': review('reopen'),
  'POST /entities/{eid}/reviews/archive': review('archive'),
  'POST /entities/{eid}/reviews/unarchive': review('unarchive'),
};

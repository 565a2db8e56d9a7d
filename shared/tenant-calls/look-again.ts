/** Refusals that rest on what the cache remembers. */
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { Tenant } from './ask-tenant.ts';

/** What the facade refuses because of its look-ups. */
const refusals: ReadonlySet<ErrorCode> = new Set(['ENTITY_UNKNOWN', 'MATERIAL_UNKNOWN', 'REQUEST_INVALID']);

const isRefusal = (error: unknown): boolean => error instanceof AppError && refusals.has(error.code);

/**
 * Runs `look`. If it refuses, and the cache has answered one of its calls, it runs again, and the tenant answers each call: what the
 * cache remembers may be out of date.
 * @param look must change nothing.
 */
export const lookAgain = async <Found>(tenant: Tenant, look: (tenant: Tenant) => Promise<Found>): Promise<Found> => {
  let isRemembered = false;
  const watched: Tenant = {
    ...tenant,
    async ask(call) {
      const answer = await tenant.ask(call);
      isRemembered ||= answer.isRemembered;
      return answer;
    },
  };
  const fresh: Tenant = { ...tenant, ask: (call) => tenant.ask({ ...call, isFresh: true }) };
  return look(watched).catch((error: unknown) => {
    if (!isRemembered || !isRefusal(error)) throw error;
    return look(fresh);
  });
};

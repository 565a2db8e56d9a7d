/** POST /hooks/signals. Neither a header nor a body of a push is ever logged. */
import { performance } from 'node:perf_hooks';
import type { MetricValues } from '../../shared/config/metrics.ts';
import { mirroredHeader } from '../../shared/config/names.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { headerValue } from '../../shared/http/headers.ts';
import { type HookHeader, isFromTenant } from '../../shared/notifications/hook-header.ts';
import { hookRoutes } from '../../shared/notifications/hook-routes.ts';
import type { Intake } from '../../shared/notifications/intake.ts';
import { isMalformed } from '../../shared/notifications/read-notification.ts';
import { capability, done } from './capability.ts';
import type { Handle } from './http-handler.ts';

export type HookParts = {
  /** As it is remembered. @throws when it cannot be told. */
  readonly readHeader: () => Promise<HookHeader | undefined>;
  readonly intake: Pick<Intake, 'takePush'>;
  readonly putMetrics: (values: MetricValues) => void;
};

/** The same answer whatever is wrong. */
const refused = (): AppError => new AppError('HOOK_REFUSED', { detail: 'The header of the push is missing or wrong.' });

/** A store that fails in a way of its own is no less a reason to push again. */
const toUnavailable = (error: unknown): unknown =>
  error instanceof AppError
    ? error
    : new AppError('NOTIFICATIONS_UNAVAILABLE', { detail: 'The push was not kept.', cause: error });

/** Without this work a push is not kept, so its failure is counted. */
const orCount = async <Value>(work: Promise<Value>, putMetrics: HookParts['putMetrics']): Promise<Value> => {
  try {
    return await work;
  } catch (error) {
    putMetrics({ HookFailed: 1 });
    throw toUnavailable(error);
  }
};

export const createHookRoutes = ({ readHeader, intake, putMetrics }: HookParts): Handle =>
  capability(hookRoutes)(
    {},
    {
      takePush: async ({ request, facts }) => {
        const startMillis = performance.now();
        if (!isFromTenant(await orCount(readHeader(), putMetrics), request.headers)) {
          putMetrics({ HookRefused: 1 });
          throw refused();
        }
        const origin = headerValue(request.headers, mirroredHeader) === undefined ? 'push' : 'mirror';
        const outcome = await orCount(intake.takePush(request.body ?? new Uint8Array(), origin), putMetrics);
        const millis = { HookMillis: performance.now() - startMillis };
        if (isMalformed(outcome)) {
          facts.push = `malformed: ${outcome.reason}`;
          facts.malformed = outcome.id;
          putMetrics({ HookMalformed: 1, ...millis });
          return done;
        }
        const { taken, notification } = outcome;
        facts.push = taken;
        facts.notification = notification.id;
        const lagSeconds = Math.max(0, notification.receivedAtMillis - notification.createdAtMillis) / 1_000;
        putMetrics({ HookTaken: 1, ...(taken === 'new' ? { PushLagSeconds: lagSeconds } : {}), ...millis });
        return done;
      },
    },
  );

/** The routes of /v1/samples: request in, domain call, reply out. */
import { mustBePerson } from '../../shared/credentials/choose.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';
import { nextPageOf } from '../../shared/http/next-page.ts';
import { pathOfProperties } from '../../shared/registration/read-sample.ts';
import { toListed, toRegistration } from '../../shared/registration/registration-document.ts';
import type { Registrations, RegistrationView } from '../../shared/registration/registrations.ts';
import { registrationRoutes } from '../../shared/registration/routes.ts';
import type { Tenant } from '../../shared/tenant-calls/ask-tenant.ts';
import { type CapabilityParts, capability } from './capability.ts';
import type { Handle } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { type CallingPipeline, nativeUrl, withTenant } from './tenant-of.ts';

type RegistrationRouteParts = Pick<CapabilityParts, 'identifier' | 'acts'> & {
  readonly pipeline: CallingPipeline;
  readonly registrations: Registrations;
};

export const createRegistrationRoutes = (parts: RegistrationRouteParts): Handle => {
  const { pipeline, registrations } = parts;
  const addressesOf = (request: HttpRequest) => ({
    facade: request.publicUrl,
    native: nativeUrl(pipeline, request),
  });

  const replyOf = (view: RegistrationView, request: HttpRequest, tenant: Tenant) => {
    const data = toRegistration(view, addressesOf(request));
    return {
      status: 200,
      document: { data, meta: { upstreamCalls: tenant.sentCalls() } },
      headers: [['etag', `"${view.look.self}"`]],
    } as const;
  };

  /** The records have the rights of the service account, which may read what a person may not. */
  const ensureMayList = (caller: Caller): void => {
    const match = pipeline.upstream.catalogue.match('GET', pathOfProperties('sample:1'));
    if (mustBePerson({ ...caller, ...match }))
      throw new AppError('REGISTRATIONS_HIDDEN', {
        detail:
          'This call would run as a person. Read the registration of each sample, which shows what the person may see.',
      });
  };

  return capability(registrationRoutes)(parts, {
    listSampleRegistrations: async ({ request, caller, query }) => {
      ensureMayList(caller);
      const { registrations: found, cursor } = await registrations.drifted(query['page[limit]'], query['page[cursor]']);
      const self = `${request.publicUrl}${request.path}`;
      return {
        status: 200,
        document: {
          data: found.map((record) => toListed(record, addressesOf(request))),
          links: cursor === undefined ? {} : { next: nextPageOf(self, request.query, cursor) },
        },
      };
    },
    readSampleRegistration: (call) =>
      withTenant(pipeline, call, async (tenant) =>
        replyOf(await registrations.read(tenant, call.path.sampleId), call.request, tenant),
      ),
    markSampleRegistered: (call) => {
      const { request, caller, path, headers, body } = call;
      const digest = headers['If-Match'];
      const { externalId, note } = body?.data.attributes ?? {};
      const asked = { digest, ...(externalId === undefined ? {} : { externalId }) };
      return withTenant(pipeline, call, (tenant) =>
        call.act(
          path.sampleId,
          async () => {
            const marking = { digest, consumer: caller.consumer, externalId, note };
            return replyOf(await registrations.mark(tenant, path.sampleId, marking), request, tenant);
          },
          asked,
        ),
      );
    },
  });
};

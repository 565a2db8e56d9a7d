/** /actions/*: pages that the tenant opens in a dialog. They are for browsers and need no key. */
import { readSampleId } from '../../shared/actions/register-sample.ts';
import { actionRoutes } from '../../shared/actions/routes.ts';
import type { SigningCheck } from '../../shared/actions/signing-check.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { errorCatalogue } from '../../shared/errors/catalogue.ts';
import { askAs, type SendCall } from '../../shared/tenant-calls/ask-tenant.ts';
import { eidOfQuery, eidsOfBody } from './action-input.ts';
import { refusedPage, registerPage, verdictPage } from './action-page.ts';
import { capability } from './capability.ts';
import type { Facts, Handle, HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';

type Asked = Parameters<SendCall>[0] & { readonly deadlineMillis: number };

export type ActionRouteParts = {
  readonly signingCheck: SigningCheck;
  /** Calls the tenant as the facade's service account, past the cache. */
  readonly call: (asked: Asked, decision: Parameters<SendCall>[1]) => ReturnType<SendCall>;
  /** Who may frame the pages, and to whom they talk. */
  readonly tenantOrigin: string;
};

/** The tutorial of the tenant names the parameter so (developer guide, external actions). */
const otherNameOf = ({ query }: HttpRequest): string | undefined => query.find(([name]) => name === 'sampleId')?.[1];

/** Time to write the page after the last call. */
const reservedMillis = 3_000;

export const createActionRoutes = ({ signingCheck, call, tenantOrigin }: ActionRouteParts): Handle => {
  const checkSigning = async (
    { deadlineMillis }: HttpRequest,
    facts: Facts,
    eids: readonly string[],
  ): Promise<HttpReply> => {
    const tenant = askAs(
      (asked, decision) => call({ ...asked, deadlineMillis: deadlineMillis - reservedMillis }, decision),
      facts,
    );
    const verdict = await signingCheck.check(eids, tenant);
    facts.verdict = verdict.mayContinue ? 'continue' : 'abort';
    facts.outcomes = verdict.entities.map(({ outcome }) => outcome);
    return verdictPage(tenantOrigin, verdict);
  };

  const showRegister = ([eid, ...others]: readonly (string | undefined)[]): HttpReply => {
    if (others.length === 0) return registerPage(tenantOrigin, readSampleId(eid));
    throw new AppError('REQUEST_INVALID', { detail: 'This page registers one sample at a time.' });
  };

  const handle = capability(actionRoutes)(
    {},
    {
      showSigningCheck: ({ request, query, facts }) => checkSigning(request, facts, eidOfQuery(query.__eid)),
      postSigningCheck: async ({ request, facts }) => checkSigning(request, facts, await eidsOfBody(request)),
      showRegisterSample: async ({ request, query }) => showRegister([query.__eid ?? otherNameOf(request)]),
      postRegisterSample: async ({ request }) => showRegister(await eidsOfBody(request)),
    },
  );

  /** A person sees it, in a dialog that must be left. */
  const asPage = (error: unknown, { requestId }: HttpRequest, facts: Facts): HttpReply => {
    const known = error instanceof AppError ? error : undefined;
    facts.code = known?.code ?? 'INTERNAL';
    if (!known) facts.failure = error instanceof Error ? error.name : 'unknown';
    const { status, title } = errorCatalogue[known?.code ?? 'INTERNAL'];
    const detail = known?.facts.detail ?? `${title}. Quote the request id ${requestId} when you ask for help.`;
    const reply = refusedPage(tenantOrigin, status, detail);
    return { ...reply, headers: [...reply.headers, ...(known?.facts.headers ?? [])] };
  };

  return (request, facts) => handle(request, facts).catch((error: unknown) => asPage(error, request, facts));
};

/** The tenant as the run of an extract sees it. */
import { AppError } from '../../errors/app-error.ts';
import { askAs, type Tenant } from '../../tenant-calls/ask-tenant.ts';
import { tenantSaid } from '../../tenant-calls/tenant-refusal.ts';
import { JobFailure, PassingFault } from '../job-failure.ts';
import type { Workshop } from '../kind.ts';

/** The run counts its calls by itself. */
export const tenantOf = ({ call }: Pick<Workshop, 'call'>): Tenant => askAs((asked) => call(asked), {});

/** Refusals that a later call may not meet: of the key, or because the tenant is busy with the library. */
const passing: ReadonlySet<number> = new Set([401, 408, 409, 423, 425]);

/** The same tenant, whose refusals of the moment are faults that may pass. */
export const patient = (tenant: Tenant): Tenant => ({
  ...tenant,
  async ask(call) {
    const answer = await tenant.ask(call);
    if (passing.has(answer.status)) throw new PassingFault('TENANT_FAILED', tenantSaid(answer));
    return answer;
  },
});

/** Failures that no later try changes end the run. */
const finals: Readonly<Partial<Record<AppError['code'], 'ENTITY_GONE' | 'NOT_EXPORTABLE'>>> = {
  MATERIAL_UNKNOWN: 'ENTITY_GONE',
  TENANT_REFUSED: 'NOT_EXPORTABLE',
};

const finalCodeOf = (error: unknown) => (error instanceof AppError ? finals[error.code] : undefined);

/** @throws JobFailure in place of an error that a later try would meet again. */
export const asking = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    const code = finalCodeOf(error);
    if (code === undefined) throw error;
    throw new JobFailure(code, (error as AppError).facts.detail ?? 'The tenant refused to give the rows.');
  }
};

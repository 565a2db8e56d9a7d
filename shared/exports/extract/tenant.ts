/** The tenant as the run of an extract sees it. */
import { AppError } from '../../errors/app-error.ts';
import { askAs, type Tenant } from '../../tenant-calls/ask-tenant.ts';
import { JobFailure } from '../job-failure.ts';
import type { Workshop } from '../kind.ts';

/** The run counts its calls by itself. */
export const tenantOf = ({ call }: Pick<Workshop, 'call'>): Tenant => askAs((asked) => call(asked), {});

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

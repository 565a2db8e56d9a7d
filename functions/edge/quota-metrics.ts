/** The metrics of the budget: one line, and one for each cause that refused calls. */
import type { BudgetMetrics } from '../../shared/quota/metrics.ts';
import type { PutMetrics } from './put-metrics.ts';

export const putBudgetMetrics = ({ values, refused }: BudgetMetrics, put: PutMetrics): void => {
  put(values);
  for (const [Cause, count] of Object.entries(refused)) put({ QuotaRefused: count }, { dimensions: { Cause } });
};

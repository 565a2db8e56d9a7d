/** Notifications of the last weeks, counted back from the clock so that the 180 days hold them. */
import type { Tenant } from '../tenant/tenant.ts';
import { demoIds } from './ids.ts';

const types = ['create', 'close', 'print', 'sign', 'reopen', 'review_request_for_reviewer', 'archive', 'void'];

export const loadNotifications = (tenant: Tenant): void => {
  const subjects = [demoIds.experiment, demoIds.closedExperiment, demoIds.awkwardExperiment, demoIds.sample];
  for (let index = 0; index < 24; index += 1)
    tenant.notifications.record({
      type: types[index % types.length] ?? 'create',
      createdBy: String(100 + (index % 10)),
      entityId: subjects[index % subjects.length] ?? demoIds.experiment,
      createdAtMillis: tenant.clock.nowMillis() - (24 - index) * 7 * 3_600_000,
      isDismissed: index % 3 === 0,
      ...(index % 4 === 0 ? { comment: 'Please look' } : {}),
    });
};

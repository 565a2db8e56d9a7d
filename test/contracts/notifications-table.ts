import { receiptIndex } from '../../shared/config/names.ts';
import { type Engine, freshTable } from '../support/tables.ts';

/** The table of notifications with its index, as infra makes it. */
export const freshNotificationsTable = (engine?: Engine) =>
  freshTable([{ ...receiptIndex, projection: 'KEYS_ONLY' }], engine);

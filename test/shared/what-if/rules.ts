import { signalsCacheRules } from '../../../shared/signals/cache/rules.ts';
import { readSignalsOperations } from '../../../shared/signals/signals.ts';
import type { UpstreamRules } from '../../../shared/what-if/classify.ts';

export const rules: UpstreamRules = { operations: readSignalsOperations(), changes: signalsCacheRules.changes };

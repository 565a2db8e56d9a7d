/** Why a request was answered as it was, in one sentence, and the section of docs/runbook.md that helps its operators. */
import { errorCatalogue } from '../errors/catalogue.ts';
import type { RequestRecord } from '../exchange/decision.ts';

export type Reason = { readonly sentence: string; readonly runbook?: string };

const budget = 'calls-refused-by-the-budget';
const refused = 'the-tenant-answers-429';

/** By the name of the limit, as `limitNameOf` (shared/quota/wait-reason.ts) and the count of large answers write it. */
const byLimit: Readonly<Record<string, Reason>> = {
  tenant: { sentence: "The tenant's limit, which all consumers share, was used up.", runbook: budget },
  share: {
    sentence: 'The consumer had used its share, and consumers that had used less were waiting.',
    runbook: budget,
  },
  bookings: { sentence: "What was left of the tenant's limit was booked by other consumers.", runbook: budget },
  reserve: { sentence: "What was left of the tenant's limit was kept for interactive calls.", runbook: budget },
  small: {
    sentence: "What was left of the tenant's limit was kept for consumers that had used less.",
    runbook: budget,
  },
  waiting: { sentence: 'As many calls of the consumer waited already as may wait at once.', runbook: budget },
  pause: { sentence: 'The tenant had answered 429 for its limit, so the facade paused all calls.', runbook: refused },
  operation: { sentence: 'The tenant had answered 429 to this operation, so the facade paused it.', runbook: refused },
  'large-answers-consumer': { sentence: 'The consumer had as many large answers in flight as it may.' },
  'large-answers-all': { sentence: 'All consumers together had as many large answers in flight as they may.' },
};
const ofCap: Reason = { sentence: 'A cap of the consumer itself was used up.', runbook: 'calls-refused-by-a-cap' };

/** Sections for the codes that point to a trouble of the stage. The sentence is the title of the code. */
const sections: Readonly<Record<string, string>> = {
  USER_TOKEN_NEEDED: 'tokens-that-died',
  CREDENTIAL_UNAVAILABLE: 'a-key-of-the-tenant-is-refused',
  CREDENTIAL_STORE_UNAVAILABLE: 'keys-cannot-be-read',
  KEY_SERVICE_UNAVAILABLE: 'keys-cannot-be-read',
  QUOTA_UNAVAILABLE: 'the-table-of-the-budget-fails',
  AUDIT_UNAVAILABLE: 'records-of-the-audit-log-were-lost',
  INTERNAL: 'answers-of-500-and-above',
  UPSTREAM_UNREACHABLE: 'the-tenant-fails',
  UPSTREAM_UNREADABLE: 'the-tenant-fails',
  UPSTREAM_LATE: 'the-tenant-fails',
  ANSWER_WITHHELD: 'answers-that-show-a-credential',
};

/** Where the code alone would mislead. A token is refused once: later calls find it doubted, and send nothing. */
const sentenceOf = (code: string, sends: readonly number[]): string | undefined => {
  if (code !== 'USER_TOKEN_NEEDED') return undefined;
  return sends.includes(401)
    ? "The tenant refused the person's linked token with 401."
    : 'This call needs a linked token of a person. None is linked, or the tenant has refused the one that is.';
};

const ofCode = (code: string, sends: readonly number[]): Reason => {
  const title = errorCatalogue[code as keyof typeof errorCatalogue]?.title ?? code;
  const runbook = sections[code];
  return { sentence: sentenceOf(code, sends) ?? `${title}.`, ...(runbook === undefined ? {} : { runbook }) };
};

/** Undefined for an answer that needs no reason. */
export const reasonOf = ({ refusal, errorCode, status, sends }: RequestRecord): Reason | undefined => {
  if (refusal) return byLimit[refusal.limit] ?? (refusal.limit.startsWith('consumer-') ? ofCap : undefined);
  if (errorCode !== undefined) return ofCode(errorCode, sends);
  if (status < 400 || sends.length === 0) return undefined;
  const sentence = `The tenant itself answered ${status}.`;
  if (status === 429) return { sentence, runbook: refused };
  return status >= 500 ? { sentence, runbook: 'the-tenant-fails' } : { sentence };
};

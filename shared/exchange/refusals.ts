/** Whether an answer refuses the credential, by the rule of the upstream's record. */
import type { UpstreamAnswer } from './transport.ts';
import type { Upstream } from './upstream.ts';

/** Whether the upstream refused the credential and so carried nothing out. */
export const refusesCredential = (
  { refusesCredential: refuses = ({ status }) => status === 401 }: Pick<Upstream, 'refusesCredential'>,
  { status, headers }: Pick<UpstreamAnswer, 'status' | 'headers'>,
): boolean => refuses({ status, headers });

/** What a refusal of the upstream is about, by its record. */
import type { UpstreamAnswer } from './transport.ts';
import type { Upstream } from './upstream.ts';

/** Whether the upstream has refused the credential, and carried nothing out. */
export const refusesCredential = (
  { refusesCredential: refuses = ({ status }) => status === 401 }: Pick<Upstream, 'refusesCredential'>,
  { status, headers }: Pick<UpstreamAnswer, 'status' | 'headers'>,
): boolean => refuses({ status, headers });

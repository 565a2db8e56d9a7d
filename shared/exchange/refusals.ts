/** What an answer of the upstream refuses. */
import type { UpstreamAnswer } from './transport.ts';
import type { Upstream } from './upstream.ts';

/** Whether the upstream refused the credential and so carried nothing out. */
export const refusesCredential = (
  { refusesCredential: refuses = ({ status }) => status === 401 }: Pick<Upstream, 'refusesCredential'>,
  { status, headers }: Pick<UpstreamAnswer, 'status' | 'headers'>,
): boolean => refuses({ status, headers });

/** Refused for now, or because of the credential: nothing was changed, and the same request may succeed later. */
export const isPassingRefusal = (status: number): boolean => status === 429 || status === 401;

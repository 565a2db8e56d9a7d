/** Events about the facade's own API keys for an upstream. */
import { raiseFacadeEvent } from './facade-events.ts';

type Key = { readonly upstream: string; readonly id: string };

/** @param by who disabled the key. */
export const raiseKeyEvent = (
  kind: 'refused' | 'disabled',
  { upstream, id: credentialId }: Key,
  by: 'facade' | 'administrator',
): void => {
  const subject = `credentials/${credentialId}`;
  if (kind === 'refused') raiseFacadeEvent({ type: 'credential.refused', subject, data: { upstream, credentialId } });
  else raiseFacadeEvent({ type: 'credential.disabled', subject, data: { upstream, credentialId, by } });
};

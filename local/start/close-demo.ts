/** Closes one demo experiment, so that the archive of the twin has a PDF to look at. */
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { demoConsumers } from '../operator/seed.ts';
import { simulatorKey } from './settings.ts';

const mediaType = 'application/vnd.api+json';
type Listed = { readonly data: readonly { readonly id: string; readonly attributes: { readonly state?: string } }[] };

const list = async (url: string, key: string): Promise<Listed['data']> => {
  const response = await fetch(url, { headers: { 'x-api-key': key, accept: mediaType } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return ((await response.json()) as Listed).data;
};

/** Does nothing when the archive has a PDF, as in a kept state. The tenant's push then leads to the PDF, as everywhere. */
export const closeDemoExperiment = async (simulatorUrl: string, facadeUrl: string): Promise<void> => {
  if ((await list(`${facadeUrl}/v1/archive?page[limit]=1`, demoConsumers[0]?.key ?? '')).length > 0) return;
  const entities = `${simulatorUrl}${signalsBasePath}/entities`;
  const children = await list(`${entities}/${demoIds.archiveNotebook}/children`, simulatorKey);
  const open = children.find(({ id, attributes }) => id.startsWith('experiment:') && attributes.state === 'open');
  if (!open) return;
  await fetch(`${entities}/${open.id}/reviews/close`, {
    method: 'POST',
    headers: { 'x-api-key': simulatorKey, 'content-type': mediaType },
    body: JSON.stringify({ data: { attributes: { reason: 'The work is done.' } } }),
  });
};

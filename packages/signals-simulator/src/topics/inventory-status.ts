/** The states of a container and the steps between them. */
import { containerResource } from '../documents/inventory-document.ts';
import { special } from '../errors.ts';
import { bodyJson, type Call, checkDigest, optionalBodyJson, param } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { at, ownOf } from '../json.ts';
import type { Container, ContainerStatus } from '../tenant/inventory.ts';
import { changedItem } from '../tenant/inventory-index.ts';
import { containerOf, containersIn } from './inventory-rules.ts';

interface StatusStep {
  readonly from: readonly ContainerStatus[];
  readonly to: ContainerStatus;
}

const statusSteps: Readonly<Record<string, StatusStep>> = {
  checkout: { from: ['AVAILABLE'], to: 'IN_USE' },
  checkin: { from: ['IN_USE'], to: 'AVAILABLE' },
  dispose: { from: ['AVAILABLE', 'EXHAUSTED'], to: 'DISPOSED' },
  restore: { from: ['DISPOSED'], to: 'AVAILABLE' },
  finalDispose: { from: ['DISPOSED'], to: 'FINAL_DISPOSED' },
  delete: { from: ['AVAILABLE', 'IN_USE'], to: 'DELETED' },
};

/** @throws 441 for unknown actions, 465/466 and 439 when state or holder forbid it. */
export const actOnContainer = (call: Call, container: Container, action: string): void => {
  const step = ownOf(statusSteps, action);
  if (step === undefined) throw special(441, 'InvalidAction', `Action "${action}" is unknown.`);
  if (container.status === 'FINAL_DISPOSED') throw special(466, 'Disposed', `${container.name} is disposed for good.`);
  if ((action === 'restore' || action === 'finalDispose') && container.status !== 'DISPOSED')
    throw special(465, 'NotDisposed', `${container.name} is not disposed.`);
  if (!step.from.includes(container.status))
    throw special(444, 'InvalidAction', `${container.name} is ${container.status}; ${action} is not possible.`);
  if (action === 'checkin' && container.holderId !== call.user.id)
    throw special(439, 'NoPrivilege', 'Another user holds the container.');
  container.status = step.to;
  container.holderId = action === 'checkout' ? call.user.id : undefined;
  changedItem(call.tenant, 'container', container, call.user.id);
};

const bodyless: ReadonlySet<string> = new Set(['dispose', 'finalDispose', 'restore']);

export const actOnOne = (call: Call) => {
  const container = containerOf(call);
  const action = param(call, 'action');
  if (!bodyless.has(action)) optionalBodyJson(call);
  checkDigest(call, container);
  actOnContainer(call, container, action);
  return ok({ links: selfLinks(call), data: containerResource(call, container) });
};

export const actOnMany = (call: Call) => {
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const containers = containersIn(call, at(attributes, 'containerIds') ?? at(attributes, 'ids'));
  for (const container of containers) actOnContainer(call, container, param(call, 'action'));
  return ok({ links: selfLinks(call), data: containers.map((container) => containerResource(call, container)) });
};

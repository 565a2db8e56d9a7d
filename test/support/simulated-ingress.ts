/** The ingress as SQS FIFO is, on a simulated clock: one message of a group in flight, a visibility time, ids remembered for 5 minutes. */
import { type Ingress, type Work, workName } from '../../shared/notifications/ingress.ts';

const rememberedMillis = 300_000;
/** Six times the function's timeout of 30 s. */
const visibilityMillis = 180_000;

type Message = { readonly work: Work; readonly group: string; visibleAtMillis: number };

export const createSimulatedIngress = (nowMillis: () => number) => {
  const messages: Message[] = [];
  const addedAtMillis = new Map<string, number>();
  const ingress: Ingress = {
    async add(work, again) {
      const name = workName(work, again);
      if (nowMillis() - (addedAtMillis.get(name) ?? Number.NEGATIVE_INFINITY) < rememberedMillis) return;
      addedAtMillis.set(name, nowMillis());
      messages.push({ work: structuredClone(work), group: work.entity, visibleAtMillis: nowMillis() });
    },
  };
  return {
    ingress,
    get length() {
      return messages.length;
    },
    /** When there is something to receive: the first message of some group is visible. */
    nextMillis(): number {
      const groups = new Set<string>();
      let next = Number.POSITIVE_INFINITY;
      for (const { group, visibleAtMillis } of messages) {
        if (!groups.has(group)) next = Math.min(next, visibleAtMillis);
        groups.add(group);
      }
      return next;
    },
    receive(most = 10): Message[] {
      const blocked = new Set<string>();
      const found: Message[] = [];
      for (const message of messages) {
        if (found.length >= most) break;
        if (message.visibleAtMillis > nowMillis()) blocked.add(message.group);
        if (blocked.has(message.group)) continue;
        found.push(message);
      }
      for (const message of found) message.visibleAtMillis = nowMillis() + visibilityMillis;
      return found;
    },
    remove(message: Message): void {
      messages.splice(messages.indexOf(message), 1);
    },
  };
};
type SimulatedIngress = ReturnType<typeof createSimulatedIngress>;
export type IngressMessage = ReturnType<SimulatedIngress['receive']>[number];

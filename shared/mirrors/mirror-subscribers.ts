/** Mirrors as the dispatcher sees them: subscribers of the facade's own. */
import { type OwnSubscriber, ownSubscription } from '../fan-out/own-subscribers.ts';
import { isInShare, type MirrorToSendTo } from './mirror.ts';

/** Only what was pushed to this facade by the tenant is forwarded: nothing that was pulled, nothing that came by a mirror, no event of its own. */
export const toMirrorSubscribers = (mirrors: readonly MirrorToSendTo[]): readonly OwnSubscriber[] =>
  mirrors.map((mirror) => ({
    subscription: ownSubscription(`mirror-${mirror.name}`, { arn: mirror.arn, deadLettersArn: mirror.deadLettersArn }),
    wants: ({ origin, type, id }) =>
      origin === 'push' && (mirror.types?.includes(type) ?? true) && isInShare(mirror, id),
  }));

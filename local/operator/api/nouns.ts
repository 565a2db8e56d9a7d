/**
 * The table of commands. A new route needs one row here, or a reason in routes-without-command.ts: the words, options, help and output of a
 * command come from the definition of its route. Routes are not imported here, so that a stage command does not wait for them.
 */
import type { Noun } from './command.ts';

const times = ['from', 'until'] as const;

export const nouns: Readonly<Record<string, Noun>> = {
  consumers: {
    about: 'applications that may call',
    verbs: {
      list: { route: 'listConsumers', columns: ['state', 'scopes', 'contact'] },
      show: { route: 'readConsumer' },
      create: { route: 'createConsumer' },
      update: { route: 'changeConsumer' },
      suspend: {
        route: 'changeConsumer',
        about: 'Refuse its calls until it is active again',
        sets: { state: 'suspended' },
        asks: true,
      },
      activate: { route: 'changeConsumer', about: 'Admit its calls again', sets: { state: 'active' } },
      delete: { route: 'deleteConsumer' },
    },
  },
  keys: {
    about: 'facade keys of a consumer',
    verbs: {
      list: { route: 'listConsumerKeys', columns: ['createdAt', 'lastUsedOn', 'expiresAt'] },
      create: { route: 'createConsumerKey', secretOut: 'key' },
      revoke: { route: 'revokeConsumerKey' },
    },
  },
  credentials: {
    about: 'API keys with which the facade calls the tenant',
    verbs: {
      list: {
        route: 'listCredentials',
        columns: ['owner', 'state', 'usable', 'preferred', 'rank', 'lastUsedAt', 'expiresAt'],
      },
      show: { route: 'listCredentials', about: 'One key of the pool', picks: true },
      add: { route: 'addCredential', secretIn: 'secret' },
      update: { route: 'changeCredential' },
      enable: { route: 'changeCredential', about: 'Use the key again', sets: { state: 'active' } },
      retire: {
        route: 'changeCredential',
        about: 'Use the key only while no other key of its owner is usable',
        sets: { state: 'retiring' },
      },
      disable: { route: 'changeCredential', about: 'Never use the key', sets: { state: 'disabled' }, asks: true },
      remove: { route: 'removeCredential' },
    },
  },
  lists: {
    about: 'lists that the tenant reads',
    verbs: {
      list: { route: 'listLists', columns: ['header', 'key', 'secretsSetAt', 'changedAt'] },
      show: { route: 'readListDefinition' },
      test: { route: 'testList' },
      remove: { route: 'removeList' },
    },
  },
  sources: {
    about: 'data sources that the tenant reads and writes',
    verbs: {
      list: { route: 'listSources', columns: ['header', 'key', 'secretsSetAt', 'changedAt'] },
      show: { route: 'readSource' },
      test: { route: 'testSource' },
      remove: { route: 'removeSource' },
    },
  },
  tokens: {
    about: 'linked tokens of people',
    verbs: {
      list: {
        route: 'listTokens',
        columns: ['consumerId', 'subject', 'personEmail', 'state', 'lastUsedAt', 'daysLeft'],
      },
      show: { route: 'listTokens', about: 'One linked token, without its value', picks: true },
      revoke: { route: 'revokeToken' },
    },
  },
  subscriptions: {
    about: 'queues to which notifications are sent',
    verbs: {
      list: { route: 'listSubscriptions', columns: ['consumerId', 'state', 'queueArn', 'createdAt'] },
      show: { route: 'readSubscription' },
      create: {
        route: 'createSubscription',
        about: 'Have notifications sent to a queue of the consumer whose key you use',
      },
      confirm: { route: 'confirmSubscription' },
      update: { route: 'changeSubscription' },
      pause: { route: 'changeSubscription', about: 'Send nothing until it goes on', sets: { state: 'paused' } },
      resume: {
        route: 'changeSubscription',
        about: 'Let it go on, and send what came during the pause',
        sets: { state: 'active' },
      },
      delete: { route: 'deleteSubscription' },
      health: { route: 'readSubscriptionHealth' },
      deliveries: { route: 'listSubscriptionDeliveries', columns: ['notificationId', 'outcome', 'at', 'reason'] },
      replay: { route: 'createReplay' },
      redrive: { route: 'createRedrive' },
      'test-filter': { route: 'testFilter' },
      'send-test': { route: 'createTestEvent', words: ['type', 'entity'] },
    },
  },
  replays: {
    about: 'replays and redrives of a subscription',
    verbs: {
      list: { route: 'listReplays', columns: ['kind', 'state', 'dryRun', ...times, 'matching', 'sent', 'refused'] },
      show: { route: 'readReplay' },
    },
  },
  notifications: {
    about: 'what happened in the tenant, and what was sent to whom',
    verbs: {
      list: { route: 'listNotifications', columns: ['type', 'entity', 'receivedAt', 'origin', 'state'] },
      show: { route: 'readNotification' },
      deliveries: { route: 'listNotificationDeliveries', columns: ['subscriptionId', 'outcome', 'at', 'reason'] },
      pull: { route: 'pullNotifications' },
    },
  },
  archive: {
    about: 'PDFs of closed experiments',
    verbs: {
      list: { route: 'listArchive', columns: ['entity', 'archivedAt', 'sizeBytes', 'retainUntil', 'legalHold'] },
      show: { route: 'readArchiveEntry' },
      download: { route: 'readArchiveContent' },
      verify: {
        route: 'readArchiveVerification',
        about: 'What the daily verification of the archive has found. It starts no verification',
      },
    },
  },
  holds: {
    about: 'legal holds on archived experiments',
    verbs: {
      list: { route: 'listHolds', columns: ['state', 'reason', 'placedBy', 'placedAt', 'isApplied'] },
      show: { route: 'readHold' },
      place: { route: 'placeHold', words: ['entity'] },
      release: { route: 'releaseHold', asks: true },
    },
  },
  backfills: {
    about: 'archiving of what was closed before',
    verbs: {
      list: { route: 'listBackfills', columns: ['state', 'requestedBy', 'requestedAt', 'pages', 'total', 'endedAt'] },
      show: { route: 'readBackfill' },
      start: { route: 'createBackfill' },
      pause: { route: 'changeBackfill', about: 'Pause a backfill', sets: { state: 'paused' } },
      resume: { route: 'changeBackfill', about: 'Go on with a backfill', sets: { state: 'running' } },
      cancel: { route: 'changeBackfill', about: 'End a backfill for good', sets: { state: 'cancelled' }, asks: true },
    },
  },
  usage: {
    about: 'what consumers used',
    verbs: {
      list: {
        route: 'readUsage',
        columns: ['consumerId', 'keyId', ...times, 'calls', 'hits', 'quotaUnits', 'refusals', 'estimatedCostUsd'],
      },
    },
  },
  requests: {
    about: 'requests of the last 24 hours, and why each was answered as it was',
    verbs: {
      list: {
        route: 'listRequests',
        columns: ['startedAt', 'consumerId', 'status', 'errorCode', 'operation', 'standsFor'],
      },
      show: { route: 'readRequest' },
    },
  },
  quota: {
    about: 'the budget of the tenant, by consumer',
    verbs: { show: { route: 'readQuota' } },
  },
  bookings: {
    about: 'calls that are reserved for later',
    verbs: {
      list: { route: 'listBookings', columns: ['consumerId', 'units', ...times] },
      create: { route: 'createBooking', about: 'Reserve calls for the consumer whose key you use' },
      cancel: { route: 'cancelBooking' },
    },
  },
  cache: {
    about: 'figures of the cache, and purges',
    verbs: {
      show: { route: 'readCache' },
      purge: { route: 'purgeCache', asks: true },
    },
  },
  audit: {
    about: 'who changed what',
    verbs: {
      list: { route: 'readAudit', columns: ['startedAt', 'consumer', 'actor', 'operation', 'target', 'outcome'] },
    },
  },
  health: {
    about: 'whether what the facade leans on works',
    verbs: { show: { route: 'readDeepHealth' } },
  },
  me: {
    about: 'the consumer whose key you use',
    verbs: {
      show: { route: 'readMe' },
      tokens: { route: 'listMyTokens', columns: ['subject', 'personEmail', 'state', 'lastUsedAt', 'daysLeft'] },
    },
  },
};

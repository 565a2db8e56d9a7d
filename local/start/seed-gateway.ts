/** Puts the demo consumers and the tenant's key where the functions of a running gateway look for them. */
import { variables } from '../../shared/config/names.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { TwinError } from '../gateway/twin-error.ts';
import { seedTwin } from '../operator/seed.ts';

/** The value of a variable; whichever function has it, all have the same. */
export const namedIn = (environments: Gateway['environments']) => {
  const merged: Record<string, string> = Object.assign({}, ...Object.values(environments));
  return (variable: string): string => {
    const value = merged[variable];
    if (!value) throw new TwinError(`No function of the template has ${variable}. Fix: give it to one in infra.`);
    return value;
  };
};

/** The names that the functions themselves are given; whichever function has a variable, all have the same value. */
export const seedGateway = async (
  gateway: Pick<Gateway, 'environments'>,
  endpoints: Parameters<typeof seedTwin>[0]['endpoints'],
  signalsApiKey: string,
  demoIssuer?: string,
): Promise<void> => {
  const named = namedIn(gateway.environments);
  const resources = {
    consumersTable: named(variables.consumersTable),
    credentialsTable: named(variables.credentialsTable),
    credentialsKey: named(variables.credentialsKey),
    notificationsTable: named(variables.notificationsTable),
    audit: {
      table: named(variables.auditTable),
      retentionDays: Number(named(variables.auditRetentionDays)),
      // The twin starts also where a test takes its audit log away.
      whenStoreFails: 'admit',
    } as const,
  };
  await seedTwin({ endpoints, resources, signalsApiKey, demoIssuer });
};

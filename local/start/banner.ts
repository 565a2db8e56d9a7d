/** What the person at the terminal reads once the twin runs. */
import { join } from 'node:path';
import { demoConsumers } from '../operator/seed.ts';
import type { Tenant } from './settings.ts';
import { simulatorKey } from './settings.ts';

const tenantRows = (tenant: Tenant): [string, string][] =>
  tenant.kind === 'real'
    ? [['Signals tenant', tenant.url]]
    : [
        ['Signals simulator', `http://127.0.0.1:${tenant.port}`],
        ['Simulator key', simulatorKey],
      ];

/** URLs and keys as a table. The key of a real tenant is never shown. */
export const describeTwin = (facadeUrl: string, tenant: Tenant, stateDir: string): string => {
  const consumers = demoConsumers.map(({ key, about }, index): [string, string] => [
    index === 0 ? 'Facade keys' : '',
    `${key} (${about})`,
  ]);
  const rows: [string, string][] = [
    ['Facade', facadeUrl],
    ['Documentation', `${facadeUrl}/docs`],
    ...consumers,
    ...tenantRows(tenant),
    ['State', stateDir],
    ['Logs', join(stateDir, 'logs')],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
};

/** Extracts of a tenant that takes nearly as long for each call as the facade waits, which includes the wait for the budget. */
import { describe, expect, it } from 'vitest';
import { extractKind } from '../../../../shared/exports/extract/extract.ts';
import { createExportWorld, type Tenant } from '../kill-steps.ts';
import { createLibraryTenant, makeRows } from './library-tenant.ts';

const callMillis = 19_000;
/** Of the function `jobs`: `jobsSize` in infra/capabilities/exports.ts. */
const functionMillis = 900_000;

describe('an extract of a slow tenant', () => {
  it.each([
    ['pages', 3_000, {}],
    ['structures', 120, { structure: 'smiles' }],
  ] as const)('keeps its %s before the function is ended, which would read them again', async (_, count, options) => {
    const { tenant } = createLibraryTenant(makeRows(count));
    const slowly: Tenant = (asked) => {
      world.clock.millis += callMillis;
      return tenant(asked);
    };
    const world = createExportWorld(extractKind, slowly);
    const { files } = world.parts;
    const { put } = files;
    const kept = [world.clock.millis];
    Object.assign(files, {
      put: (...given: Parameters<typeof put>) => {
        kept.push(world.clock.millis);
        return put(...given);
      },
    });
    const wish = { kind: 'extract', subject: 'My (Lib)', digest: '', principal: 'service' } as const;
    const { run } = await world.exports.create(world.consumer, { ...wish, options: { of: 'batches', ...options } });
    expect((await world.carry(run.name)).run.state).toBe('succeeded');
    const pauses = kept.slice(1).map((millis, index) => millis - (kept[index] as number));
    expect(pauses.length).toBeGreaterThan(3);
    expect(Math.max(...pauses)).toBeLessThan(functionMillis / 2);
  });
});

/** The route of /v1/health. */
import * as z from 'zod';
import { route } from '../routes/route.ts';
import { toIso } from '../time/iso.ts';
import { checkNames, type Health } from './health.ts';
import { healthStates } from './health-store.ts';

const HealthDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('health'),
      id: z.string(),
      attributes: z.strictObject({
        state: z.enum(healthStates).describe('The worst of the checks.'),
        checks: z.array(
          z.strictObject({
            name: z.enum(checkNames),
            state: z.enum(healthStates),
            reason: z.string(),
            since: z.iso.datetime().describe('When a check first found this state.'),
          }),
        ),
      }),
    }),
  })
  .meta({ id: 'HealthDocument', description: 'What the facade leans on.' });
type HealthDocument = z.infer<typeof HealthDocument>;

export const toHealthDocument = ({ state, checks }: Health, stage: string): HealthDocument => ({
  data: {
    type: 'health',
    id: stage,
    attributes: {
      state,
      checks: checks.map(({ sinceMillis, ...check }) => ({ ...check, since: toIso(sinceMillis) })),
    },
  },
});

const readDeepHealth = route({
  id: 'readDeepHealth',
  method: 'GET',
  path: '/v1/health',
  capability: 'health',
  scope: 'any-consumer',
  summary: 'Whether what the facade leans on works',
  description:
    'The answer is 200 whatever the state. `upstream` says what calls saw in the last 50 s, or in the last two minutes if they were few. An instance repeats its answer for 5 s. `/health` needs no key and says only that the facade answers.',
  answers: { 200: HealthDocument },
});

export const healthRoutes = [readDeepHealth] as const;

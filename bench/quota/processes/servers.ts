/** A process of its own for the store or for the tenant, so that neither slows the other or the fleet's log down. */
import { startDynamoDb } from '../../../local/emulators/dynamodb.ts';
import { startSimulator } from '../../../packages/signals-simulator/src/simulator.ts';

const start = process.argv[2] === 'dynamodb' ? startDynamoDb({}) : startSimulator({});

void start.then(({ url }) => process.send?.(url));
process.once('disconnect', () => process.exit(0));

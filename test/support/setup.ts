/** Runs before each test file. */
import * as fc from 'fast-check';
import { inject } from 'vitest';
import { sized } from './test-size.ts';

if (!process.version.startsWith('v24.')) {
  throw new Error(
    `Tests run on Node 24, the major of the Lambda runtime; this is ${process.version}. Fix: use npm test, or put node_modules/.bin first in PATH.`,
  );
}
// Handlers that run inside a test would print a line for each request.
process.env.POWERTOOLS_LOG_LEVEL ??= 'SILENT';
// Only processes that a test starts read it: this one has started.
process.env.NODE_COMPILE_CACHE = inject('compileCache');
// Else the CDK notes for each construct where it was made, a tenth of a synthesis. An empty value brings the places back.
process.env.CDK_DISABLE_STACK_TRACE ??= '1';
// Of a property that names no number of its own.
fc.configureGlobal({ numRuns: sized(100, 25) });

/** Runs before each test file: the suite means what it says only on the major of the Lambda runtime. */
if (!process.version.startsWith('v24.')) {
  throw new Error(
    `Tests run on Node 24, this is ${process.version}. Mend: use npm test, or put node_modules/.bin first in PATH.`,
  );
}

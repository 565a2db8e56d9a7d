/** An embedded DynamoDB in a process of its own, so that it takes no turns of the event loop that is measured. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';

export const startDynamoProcess = async (): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const child = fork(fileURLToPath(import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    close: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startDynamoDb({});
  process.send?.(url);
}

import { expect, it, onTestFinished } from 'vitest';
import { FunctionFault } from '../../../local/gateway/lambda/fault.ts';
import { startRuntimeApi } from '../../../local/gateway/lambda/runtime-api.ts';

const invocation = {
  requestId: 'a',
  payload: '{}',
  deadlineMillis: Date.now() + 3_600_000,
  functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:test',
  traceId: 'Root=1-0-0',
};

it('an invocation fails when its process asks for the next one without an answer', async () => {
  const isIdle = Promise.withResolvers<void>();
  const api = await startRuntimeApi({ onIdle: isIdle.resolve, onInitError: () => {} });
  onTestFinished(() => api.close(new FunctionFault('refused', 'TwinClosing', 'closing')));
  const next = `http://${api.address}/2018-06-01/runtime/invocation/next`;
  const taken = fetch(next);
  await isIdle.promise;

  const answer = api.dispatch(invocation).catch((error: unknown) => error);
  await (await taken).text();
  const second = fetch(next).catch(() => {});

  expect(await answer).toMatchObject({ kind: 'error', errorType: 'Runtime.NoResponse' });
  api.close(new FunctionFault('refused', 'TwinClosing', 'closing'));
  await second;
});

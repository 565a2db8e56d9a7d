import { describe, expect, it, onTestFinished } from 'vitest';
import { FunctionFault } from '../../../local/gateway/lambda/fault.ts';
import { startRuntimeApi } from '../../../local/gateway/lambda/runtime-api.ts';

const invocation = (requestId: string) => ({
  requestId,
  payload: JSON.stringify(requestId),
  deadlineMillis: Date.now() + 3_600_000,
  functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:test',
  traceId: 'Root=1-0-0',
});

/** A process by hand: what it asks for and answers is up to the test. */
const startProcess = async (mostOvertakenMillis?: number) => {
  let becomesIdle = Promise.withResolvers<void>();
  const api = await startRuntimeApi(
    { onIdle: () => becomesIdle.resolve(), onInitError: () => {} },
    mostOvertakenMillis,
  );
  onTestFinished(() => api.close(new FunctionFault('refused', 'TwinClosing', 'closing')));
  const base = `http://${api.address}/2018-06-01/runtime/invocation`;
  return {
    api,
    /** Resolves when the API has the request for the next invocation; then `invocation` is the answer to it. */
    async asks() {
      becomesIdle = Promise.withResolvers();
      const asked = fetch(`${base}/next`).then((answer) => answer.text());
      asked.catch(() => {});
      await becomesIdle.promise;
      return { invocation: asked };
    },
    answers: (requestId: string, body: string) => fetch(`${base}/${requestId}/response`, { method: 'POST', body }),
  };
};

const textOf = async (reply: Awaited<ReturnType<Awaited<ReturnType<typeof startRuntimeApi>>['dispatch']>>) =>
  Buffer.concat(await reply.body.toArray()).toString();

describe('an invocation', () => {
  it('gets its own answer when the request for the next invocation overtakes that answer', async () => {
    const { api, asks, answers } = await startProcess();
    const first = await asks();
    const one = api.dispatch(invocation('one')).then(textOf);
    await first.invocation;
    const second = await asks();
    const two = api.dispatch(invocation('two')).then(textOf);
    await second.invocation;

    await Promise.all([answers('one', 'of one'), answers('two', 'of two')]);

    expect(await Promise.all([one, two])).toEqual(['of one', 'of two']);
  });

  it('fails when its process asks for the next one and has sent no answer', async () => {
    const { api, asks } = await startProcess(1);
    const { invocation: taken } = await asks();
    const outcome = api.dispatch(invocation('one')).catch((error: unknown) => error);
    await taken;
    await asks();

    expect(await outcome).toMatchObject({ kind: 'error', errorType: 'Runtime.NoResponse' });
  });
});

/**
 * The trace of a piece of work: one id in the log lines of every function that has a share in it. API Gateway makes it, Lambda hands it
 * to the function, and SQS carries it beside a message, as the system attribute `AWSTraceHeader`. What waits longer than a message lives,
 * such as an entry of the ledger or the run of an export, keeps the id in its record.
 */

/** X-Ray's form of a trace id (X-Ray developer guide, tracing header). */
const idForm = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;
const parentForm = /^[0-9a-f]{16}$/;

/** `Lineage` and what else a header may hold is left out: SQS refuses a message whose header has another form (API reference, SendMessage). */
const fieldsOf = (header: string): ReadonlyMap<string, string> =>
  new Map(
    header.split(';').map((field) => {
      const [name = '', ...value] = field.trim().split('=');
      return [name, value.join('=')];
    }),
  );

/** The id in a trace header, such as `1-5759e988-bd862e3fe1be46a994272793`. Undefined where there is none. */
export const traceIdOf = (header: string | undefined): string | undefined => {
  const root = fieldsOf(header ?? '').get('Root');
  return root !== undefined && idForm.test(root) ? root : undefined;
};

/**
 * The header in a form that SQS takes.
 * @param text a trace header, or an id that was kept in a record. Undefined where it holds no trace.
 */
export const toTraceHeader = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  if (idForm.test(text)) return `Root=${text}`;
  const id = traceIdOf(text);
  if (id === undefined) return undefined;
  const fields = fieldsOf(text);
  const parent = fields.get('Parent') ?? '';
  const sampled = fields.get('Sampled') ?? '';
  return [
    `Root=${id}`,
    ...(parentForm.test(parent) ? [`Parent=${parent}`] : []),
    ...(/^[01]$/.test(sampled) ? [`Sampled=${sampled}`] : []),
  ].join(';');
};

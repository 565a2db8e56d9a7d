/* Operations of the OpenAPI document that the scopes of the key allow, and requests for them. */
const methods = ['get', 'post', 'put', 'patch', 'delete'];

const resolved = (document, part) =>
  part.$ref === undefined
    ? part
    : part.$ref
        .slice(2)
        .split('/')
        .reduce((node, name) => node[name.replaceAll('~1', '/').replaceAll('~0', '~')], document);

const exampleIn = ({ example, examples }) => example ?? Object.values(examples ?? {})[0]?.value;

/** What stands in a field at first. @returns undefined where nothing is known. */
const startValue = ({ name, schema = {}, required, ...parameter }) => {
  if (name === 'page[limit]') return '5';
  if (name === 'includeTypes') return 'experiment';
  const value = exampleIn(parameter) ?? (required ? (schema.example ?? schema.default ?? schema.enum?.[0]) : undefined);
  return value === undefined ? undefined : String(value);
};

/** The media type that the page can write, and the example in it; undefined for a body of bytes. */
const bodyOf = (document, requestBody) => {
  if (requestBody === undefined) return { isWritable: true };
  const { content = {}, required = false } = resolved(document, requestBody);
  const [mediaType, media] = Object.entries(content).find(([type]) => /[/+]json/.test(type)) ?? [];
  if (mediaType === undefined) return { isWritable: !required };
  return { isWritable: true, mediaType, example: JSON.stringify(exampleIn(media) ?? {}, null, 2) };
};

const toOperation = (document, path, method, operation) => {
  const parameters = (operation.parameters ?? []).map((part) => resolved(document, part));
  return {
    ...{ id: operation.operationId, method: method.toUpperCase(), path, tag: operation.tags?.[0] ?? '' },
    ...{ summary: operation.summary ?? operation.operationId, scope: operation['x-facade-scope'] },
    isOpen: operation.security?.length === 0,
    fields: parameters.map((one) => ({
      name: one.name,
      in: one.in,
      required: one.in === 'path' || one.required === true,
      about: one.description ?? '',
      value: startValue(one),
    })),
    body: bodyOf(document, operation.requestBody),
  };
};

/** @param may whether the key covers a scope. */
export const allowedOperations = (document, may) =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => toOperation(document, path, method, operation))
      .filter(({ scope, body, isOpen }) => !isOpen && body.isWritable && (scope === undefined || may(scope))),
  );

/** Those that fit each word of a phrase. */
export const search = (operations, phrase) => {
  const words = phrase.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(({ id, method, path, summary, tag }) => {
    const text = `${method} ${path} ${summary} ${id} ${tag}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

/** @param values of the fields, by `<in> <name>`. Empty ones are left out. */
export const toRequest = ({ method, path, fields, body }, values, text) => {
  const given = fields
    .map((field) => ({ ...field, text: values[`${field.in} ${field.name}`] ?? '' }))
    .filter((field) => field.text !== '');
  const of = (place) => given.filter((field) => field.in === place);
  const filled = of('path').reduce(
    (made, field) => made.replace(`{${field.name}}`, encodeURIComponent(field.text)),
    path,
  );
  const query = new URLSearchParams(of('query').map((field) => [field.name, field.text]));
  const hasBody = body.mediaType !== undefined && text.trim() !== '';
  return {
    path: `${filled.slice(1)}${query.size > 0 ? `?${query}` : ''}`,
    method,
    headers: {
      ...Object.fromEntries(of('header').map((field) => [field.name, field.text])),
      ...(hasBody ? { 'content-type': body.mediaType } : {}),
    },
    ...(hasBody ? { body: text } : {}),
  };
};

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same as a command. The key is named by a variable. */
export const toCurl = (base, { path, method, headers, body }) =>
  [
    `curl -g${method === 'GET' ? '' : ` -X ${method}`} -H "x-api-key: $FACADE_KEY"`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${quoted(body)}`]),
    quoted(new URL(path, base).href),
  ].join(' \\\n  ');

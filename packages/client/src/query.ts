/** Query parameters as the OpenAPI document has them: lists are comma lists. Names such as `page[limit]` are encoded. */

const encoded = (value: unknown): string =>
  Array.isArray(value) ? value.map(encoded).join(',') : encodeURIComponent(String(value));

export const toQuery = (parameters: Readonly<Record<string, unknown>>): string =>
  Object.entries(parameters)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encoded(value)}`)
    .join('&');

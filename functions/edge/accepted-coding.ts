/** Codings of the facade's own files, best first, with the file endings of their compressed copies. */
export const codings = { br: '.br', gzip: '.gz' } as const;
export type Coding = keyof typeof codings;

const qualityOf = (parameters: readonly string[]): number => {
  const quality = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='));
  return quality === undefined ? 1 : Number(quality.slice(2)) || 0;
};

/** The best coding that an Accept-Encoding header allows (RFC 9110 section 12.5.3); undefined = none of them. */
export const acceptedCoding = (acceptEncoding: string | undefined): Coding | undefined => {
  const qualities = new Map(
    (acceptEncoding ?? '').split(',').map((item): [string, number] => {
      const [name = '', ...parameters] = item.split(';');
      return [name.trim().toLowerCase(), qualityOf(parameters)];
    }),
  );
  const accepts = (name: string): boolean => (qualities.get(name) ?? qualities.get('*') ?? 0) > 0;
  return (Object.keys(codings) as Coding[]).find(accepts);
};

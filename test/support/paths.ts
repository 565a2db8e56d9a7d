/** The path of a route's template with these values in it: `/v1/things/7` of `/v1/things/{thingId}`. */
export const fillPath = (template: string, values: Readonly<Record<string, string>> = {}): string =>
  template.replace(/\{([^}+]+)(\+?)\}/g, (hole, name: string, rest: string) => {
    const value = values[name];
    if (value === undefined) return hole;
    return rest ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
  });

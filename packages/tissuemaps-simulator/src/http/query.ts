/** Query parameters, by the names that the server reads. The names of the documents mean the same. Other parameters are ignored. */
import { queryAliases } from '../../../../shared/tissuemaps/operations.ts';

export interface Query {
  text(name: string): string | undefined;
  /** One that is not a whole number counts as absent. */
  integer(name: string): number | undefined;
  /** True, TRUE, true and yes are true; everything else, also 1, is false. */
  flag(name: string): boolean;
}

const aliases: Readonly<Record<string, string>> = queryAliases;

export const readQuery = (text: string): Query => {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    const known = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
    if (!values.has(known)) values.set(known, value);
  }
  return {
    text: (name) => values.get(name),
    integer(name) {
      const value = values.get(name)?.trim() ?? '';
      return /^[-+]?\d{1,15}$/.test(value) ? Number(value) : undefined;
    },
    flag: (name) => ['True', 'TRUE', 'true', 'yes'].includes(values.get(name) ?? ''),
  };
};

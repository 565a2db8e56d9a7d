/** Content-Disposition with a name of any characters (RFC 6266, RFC 8187). */
export const dispositionOf = (fileName: string): string => {
  const name = fileName.toWellFormed();
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
};

const mostNameCharacters = 200;

/** The name of a file in Content-Disposition; undefined = it has none. Not to be used as a path. */
export const fileNameOf = (header: string | undefined): string | undefined => {
  const [, quoted, plain] = /;\s*filename=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(header ?? '') ?? [];
  const name = quoted?.replace(/\\(.)/g, '$1') ?? plain;
  return name === undefined || name === '' ? undefined : [...name].slice(0, mostNameCharacters).join('');
};

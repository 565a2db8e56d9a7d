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

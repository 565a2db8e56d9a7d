/* Scopes: which of them cover what, and what they mean in plain words. The rule is that of shared/consumers/consumer.ts; a test compares them. */
const partsOf = (group) => {
  const slash = group.indexOf('/');
  return [group.slice(0, Math.max(0, slash)), group.slice(slash + 1)];
};

/** @param adminGroups that `*` does not cover. */
export const createCoverage = (scopes, adminGroups) => (wanted) => {
  const [group, kind] = wanted.split(':');
  const [prefix, name] = partsOf(group);
  return scopes.some((scope) => {
    const [heldGroup, heldKind] = scope.split(':');
    if (heldKind !== '*' && heldKind !== kind) return false;
    if (heldGroup === group) return true;
    const [heldPrefix, heldName] = partsOf(heldGroup);
    return heldName === '*' && heldPrefix === prefix && !(prefix === '' && adminGroups.includes(name));
  });
};

const kinds = { read: 'read', write: 'create and change', delete: 'delete', export: 'export' };

const wordsOf = (group) => group.replaceAll('-', ' ');

/** `Read experiments` and so on: what a scope allows, as a sentence. */
export const describeScope = (scope) => {
  const [group, kind] = scope.split(':');
  const [prefix, name] = partsOf(group);
  const verb = kind === '*' ? 'do everything with' : (kinds[kind] ?? kind);
  const where = prefix === '' ? '' : ` of ${prefix}`;
  const all = prefix === '' ? 'all resources, except those of administrators' : `all resources${where}`;
  const what = name === '*' ? all : `${wordsOf(name)}${where}`;
  const sentence = `${verb} ${what}`;
  return `${sentence[0].toUpperCase()}${sentence.slice(1)}.`;
};

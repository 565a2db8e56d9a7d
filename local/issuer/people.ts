/** The people of the demo issuer. They exist nowhere else, and sign in without a password. */
export const demoPeople: readonly { readonly username: string; readonly name: string }[] = [
  { username: 'anna', name: 'Anna Example' },
  { username: 'ben', name: 'Ben Example' },
  { username: 'chris', name: 'Chris Example' },
];

/** Name and address of a person as OpenID Connect Core, 5.1, calls them; a person of another name has the name only. */
export const profileOf = (username: string) => ({
  preferred_username: username,
  name: demoPeople.find((person) => person.username === username)?.name ?? username,
  email: `${username}@example.com`,
});

/** POST /auth: a name and a password for a token. */
import { notFound, tokenTrouble, unforeseen } from '../http/refusals.ts';
import { json } from '../http/reply.ts';
import { type Routes, route } from '../http/route.ts';
import { textOf } from '../json.ts';
import { issueToken } from './token.ts';

export const signInRoutes = {
  'POST /auth': route('open', async ({ world, body }) => {
    if (body === undefined) throw unforeseen();
    const names = Object.keys(body).toSorted().join();
    const [name, password] = [textOf(body.username), textOf(body.password)];
    if (names !== 'password,username' || !name || !password) throw tokenTrouble('Bad Request', 'Invalid credentials');
    const user = world.users.find((known) => known.name === name && known.password === password);
    if (user === undefined) throw notFound('User');
    return json({ access_token: await issueToken(world, user) });
  }),
} satisfies Routes;

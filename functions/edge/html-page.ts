/** What the facade's pages for people have in common. */
import { createHash } from 'node:crypto';
import type { Headers } from '../../shared/http/headers.ts';
import type { HttpReply } from './http-handler.ts';

/** For the content and the attributes of elements. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export const htmlReply = (status: number, html: string, headers: Headers): HttpReply => ({
  status,
  headers: [['content-type', 'text/html; charset=utf-8'], ...headers],
  body: Buffer.from(html),
});

/** The source of an inline script or style in a content security policy, which then allows this text and no other. */
export const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

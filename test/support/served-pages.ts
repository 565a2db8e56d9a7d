/** Every page that a stage serves. Guides are one kind of page. */
import { portalPages } from '../../shared/documents/page-files.ts';
import type { AnswerOf } from '../../shared/routes/route.ts';
import { facadeRoutes } from '../../shared/surface/facade-routes.ts';

const isPage = (answer: AnswerOf | undefined): boolean =>
  typeof answer === 'object' && 'mediaType' in answer && answer.mediaType === 'text/html';

export const kindOfPage = (path: string): string => path.replace(/^\/docs\/guides\/.+/, '/docs/guides/…');

export const servedPages: ReadonlySet<string> = new Set(
  [
    ...facadeRoutes.filter(({ method, answers }) => method === 'GET' && isPage(answers[200])).map(({ path }) => path),
    ...Object.keys(portalPages).map((name) => `/docs/${name}`.replace(/\/$/, '')),
  ].map(kindOfPage),
);

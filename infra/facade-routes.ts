/** Every route of the facade's own, for API Gateway and the OpenAPI document. */
export { facadeRoutes } from '../shared/surface/facade-routes.ts';

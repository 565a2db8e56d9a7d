/** An exchange of a consumer `app` with a made-up tenant. */
import type { Exchange, NativeRequest } from '../../../shared/exchange/exchange.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';
import { nativeRequest } from '../../support/pipeline.ts';

const upstream = createSignalsUpstream('https://tenant.example.com');

export const exchangeOf = (parts: Partial<NativeRequest>, others: Partial<Exchange> = {}): Exchange => {
  const request = nativeRequest(parts);
  const query = request.query.map(([name, value]) => `${name}=${value}`).join('&');
  return {
    ...upstream.catalogue.match(request.method, request.path),
    request,
    upstream,
    consumer: { id: 'app', scopes: ['*:*'], state: 'active' },
    principal: 'service:signals',
    target: `${upstream.basePath}${request.path}${query && `?${query}`}`,
    ...others,
  };
};

// The pages of the server itself: `/health` for whoever starts and watches it, `/metrics` for Prometheus.

import { isRefusal } from '../../refusal/refusal.ts'
import type { HealthReport, HttpServerOptions } from '../http-options.ts'
import type { Exchange } from '../observe/exchange.ts'

export interface OwnPage {
  readonly status: number
  readonly type: string
  readonly text: string
}

const JSON_TYPE = 'application/json; charset=utf-8'
const READING = new Set(['GET', 'HEAD'])

/** The page at the request's path, null for none. Refuses with `token.secret-key-required`. */
export async function ownPage(exchange: Exchange, options: HttpServerOptions): Promise<OwnPage | null> {
  const { request, target } = exchange
  if (!READING.has(request.method ?? '')) return null
  switch (target.path) {
    case '/health':
      return healthPage(await askHealth(options))
    case '/metrics': {
      const { authorization, apikey } = request.headers
      if (!options.openMetrics) {
        options.gate.requireSecretKey({ authorization, apikey: typeof apikey === 'string' ? apikey : undefined })
      }
      return { status: 200, type: options.registry.contentType, text: await options.registry.metrics() }
    }
    default:
      return null
  }
}

function healthPage({ healthy, facts }: HealthReport): OwnPage {
  const text = JSON.stringify({ status: healthy ? 'ok' : 'unavailable', ...facts })
  return { status: healthy ? 200 : 503, type: JSON_TYPE, text }
}

// Not to be able to tell is not to be well; why is for the log and not for the page.
async function askHealth(options: HttpServerOptions): Promise<HealthReport> {
  try {
    return await options.health()
  } catch (thrown) {
    const reason = isRefusal(thrown) ? thrown.code : 'unknown'
    options.logger.warn({ err: thrown }, 'health cannot be told')
    return { healthy: false, facts: { reason } }
  }
}

// How an endpoint fares, and how an attempt ended, in a word.

import { Badge } from '../../ui/display/badge.tsx'
import { timeOf } from '../../ui/words/time-of.ts'
import type { WebhookAttempt, WebhookEndpoint } from './endpoint.ts'

export function EndpointState({ endpoint }: { readonly endpoint: WebhookEndpoint }) {
  if (endpoint.disabled_at !== null) return <Badge tone="danger">Disabled after failures</Badge>
  if (!endpoint.enabled) return <Badge>Disabled</Badge>
  if (endpoint.failing_since !== null) {
    return <Badge tone="warning">{`Failing since ${timeOf(endpoint.failing_since)}`}</Badge>
  }
  return <Badge tone="good">Enabled</Badge>
}

const outcomes = {
  delivered: { tone: 'good', label: 'Succeeded' },
  refused: { tone: 'danger', label: 'Failed' },
  unreachable: { tone: 'danger', label: 'Unreachable' },
} as const

/** How one attempt ended. */
export function Outcome({ attempt }: { readonly attempt: WebhookAttempt }) {
  const { tone, label } = outcomes[attempt.outcome]
  return <Badge tone={tone}>{attempt.response_status === null ? label : `${label}: ${attempt.response_status}`}</Badge>
}

// Whatever was thrown, as this dialect's response.

import { randomUUID } from 'node:crypto'
import { Fault } from '../../refusal/fault.ts'
import { type AnyRefusal, isRefusal, type Refusal } from '../../refusal/refusal.ts'
import { renderPostgrest } from '../../refusal/render-postgrest.ts'
import type { RestConfig } from '../config.ts'
import type { WebResponse } from '../web.ts'

/** Renders a refusal as it is; anything else becomes a Fault, which `report` gets with its cause. */
export function renderRefused(thrown: unknown, config: RestConfig, report: (fault: Fault) => void): WebResponse {
  if (isRefusal(thrown)) return render(thrown, config)
  const fault = new Fault(randomUUID(), thrown)
  report(fault)
  return render(fault, config)
}

/** The body alone, for an answer that says no in its body (416). */
export function renderRefusedBody(refusal: Refusal<'request.range-invalid'>, config: RestConfig): string {
  return render(refusal, config).body
}

function render(refused: AnyRefusal | Fault, config: RestConfig): WebResponse & { readonly body: string } {
  const { anonymousRole, errorVerbosity, explains } = config
  return renderPostgrest(refused, { anonymousRole, verbosity: errorVerbosity, explain: explains })
}

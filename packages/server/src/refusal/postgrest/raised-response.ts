// `RAISE SQLSTATE 'PGRST'`: SQL writes the whole response, as JSON in MESSAGE and DETAIL.

import type { Said } from './said.ts'
import { isStatus } from './sqlstate-status.ts'

type Members = Readonly<Record<string, unknown>>

const messageShape =
  "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: 'details', 'hint'."
const detailShape =
  "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'."

/** The response that SQL raised, or what is wrong with it (PGRST121). */
export function raisedResponse(message: string, detail: string | null): Said {
  const body = parseObject(message)
  if (!isBody(body)) return unreadable(`Invalid JSON value for MESSAGE: '${message}'`, messageShape)
  if (detail === null) return unreadable('DETAIL is missing in the RAISE statement', detailShape)
  const answer = parseObject(detail)
  if (!isAnswer(answer)) return unreadable(`Invalid JSON value for DETAIL: '${detail}'`, detailShape)
  return {
    status: isStatus(answer.status) ? answer.status : 500,
    ...(typeof answer.status_text === 'string' ? { statusText: answer.status_text } : {}),
    code: body.code,
    message: body.message,
    details: body.details ?? null,
    hint: body.hint ?? null,
    headers: Object.entries(answer.headers),
  }
}

function unreadable(details: string, hint: string): Said {
  const message = 'Could not parse JSON in the "RAISE SQLSTATE \'PGRST\'" error'
  return { status: 500, code: 'PGRST121', message, details, hint }
}

function parseObject(text: string): Members {
  try {
    const parsed: unknown = JSON.parse(text)
    return isMembers(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

interface Body {
  readonly code: string
  readonly message: string
  readonly details?: string | null
  readonly hint?: string | null
}

function isBody(members: Members): members is Members & Body {
  const { code, message, details, hint } = members
  return typeof code === 'string' && typeof message === 'string' && isOptionalText(details) && isOptionalText(hint)
}

interface Answer {
  readonly status: number
  readonly status_text?: string | null
  readonly headers: Readonly<Record<string, string>>
}

function isAnswer(members: Members): members is Members & Answer {
  const { status, status_text: statusText, headers } = members
  if (!Number.isInteger(status) || !isOptionalText(statusText) || !isMembers(headers)) return false
  return Object.values(headers).every((value) => typeof value === 'string')
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string'
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

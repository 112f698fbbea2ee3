// What the server said no with: tus has a status and a line of text, and tus-js-client adds the whole request to it.

import { DetailedError } from 'tus-js-client'

import type { Refusal } from '../../tasks/refusal-note'

/** In words for whoever uploads. */
export function refusalOf(error: Error): Refusal {
  const answer = answerOf(error)
  if (answer === null) return { message: 'The upload was broken off.', hint: 'Choose the file again to go on with it.' }
  const { status, text, hint } = answer
  if (status === 409 && !isOffsetConflict(text)) {
    return { message: 'A file of that name already exists.', hint: 'Rename this one, or delete the other one first.' }
  }
  return { message: `The upload was refused: ${text === '' ? `status ${status}` : text}`, hint }
}

/** What the server refuses, it refuses again; but for an upload that another connection still holds, or that is further on. */
export function isWorthAnotherTry(error: Error): boolean {
  const answer = answerOf(error)
  if (answer === null) return true
  const { status, text } = answer
  return status < 400 || status >= 500 || status === 423 || (status === 409 && isOffsetConflict(text))
}

function isOffsetConflict(text: string): boolean {
  return text.startsWith('Upload-Offset')
}

/** Null where nothing came back. */
function answerOf(error: Error) {
  const response = error instanceof DetailedError ? error.originalResponse : null
  if (response === null) return null
  const { message, hint } = inJson(response.getBody())
  return {
    status: response.getStatus(),
    text: (message ?? response.getBody()).trim(),
    hint: hint ?? response.getHeader('x-tenon-hint') ?? null,
  }
}

/** Where nobody shows a token, the answer is Storage's, which speaks JSON. */
function inJson(body: string): Partial<Refusal> {
  try {
    return (JSON.parse(body) as Partial<Refusal> | null) ?? {}
  } catch {
    return {}
  }
}

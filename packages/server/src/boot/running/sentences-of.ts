// What the running stack said no with, for whoever typed the command.

/** The message and the hint of a refusal, a line each; any other text as it is. */
export function sentencesOf(body: string): string {
  const { message, hint } = readRefusal(body)
  if (typeof message !== 'string') return body
  return typeof hint === 'string' ? `${message}\n${hint}` : message
}

function readRefusal(body: string): { readonly message?: unknown; readonly hint?: unknown } {
  try {
    return Object(JSON.parse(body)) as object
  } catch {
    return {}
  }
}

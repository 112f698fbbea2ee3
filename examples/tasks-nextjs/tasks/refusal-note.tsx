// What the server said with its no.

/** The parts of a Postgrest error that are worth reading. */
export interface Refusal {
  readonly message: string
  readonly hint: string | null
}

/** The sentence and, where there is one, the way to a yes. */
export function RefusalNote({ refusal }: { readonly refusal: Refusal | null }) {
  if (refusal === null) return null
  return (
    <p role="alert" className="refusal">
      <strong>{refusal.message}</strong> {refusal.hint}
    </p>
  )
}

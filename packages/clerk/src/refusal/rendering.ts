// How one code of the vocabulary goes on the wire: an HTTP status and one entry of `errors`. Codes, statuses and the
// short form of the messages follow Clerk's published error index.

/** A parameter of a request, by its wire name. */
export interface Param {
  readonly param: string
}

/** A refusal that has nothing to tell beyond its code. */
export type Nothing = Readonly<Record<string, never>>

/** What a code looks like. `code` only where Clerk's wire code differs from ours. */
export interface Rendering {
  readonly status: number
  readonly message: string
  /** The same as `message` when left out. */
  readonly longMessage?: string
  readonly code?: string
  readonly meta?: Readonly<Record<string, unknown>>
  /** Seconds after which asking again makes sense. */
  readonly retryAfter?: number
}

/** One rendering for each code of a vocabulary: a code without one does not compile. */
export type Renderings<Vocabulary> = {
  readonly [Code in keyof Vocabulary]: (detail: Vocabulary[Code]) => Rendering
}

/** 422 at one parameter; SDKs attach the message to its field. */
export function atParam(param: string, message: string, longMessage = message): Rendering {
  return { status: 422, message, longMessage, meta: { param_name: param } }
}

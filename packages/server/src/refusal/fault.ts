// What we broke ourselves. A Fault says nothing of its cause to a client: the trace id leads the owner of the log to it.

/** Something that was not foreseen went wrong; the cause belongs in the log under the trace id. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly traceId: string

  constructor(traceId: string, cause: unknown) {
    super('internal fault', { cause })
    this.traceId = traceId
  }
}

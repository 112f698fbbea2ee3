// A pause that can be cut short.

export class Rest {
  #end: (() => void) | null = null

  /** Resolves after so many milliseconds, or with `wake`. */
  async for(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, milliseconds)
    this.#end = resolve
    await promise
    clearTimeout(timer)
    this.#end = null
  }

  wake(): void {
    this.#end?.()
  }
}

// Work that several wait for at the same time is done once.

export interface Flights<Value> {
  /**
   * Joins the work of this key, or begins it. The work's signal is aborted once nobody waits for it any more; whoever
   * leaves, by `signal`, is rejected with its reason alone.
   */
  join(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value>
}

interface Flight<Value> {
  readonly done: Promise<Value>
  readonly controller: AbortController
  waiting: number
}

export function createFlights<Value>(): Flights<Value> {
  const flights = new Map<string, Flight<Value>>()
  const begin = (key: string, work: (signal: AbortSignal) => Promise<Value>): Flight<Value> => {
    const controller = new AbortController()
    const done = work(controller.signal).finally(() => {
      if (flights.get(key) === flight) flights.delete(key)
    })
    const flight: Flight<Value> = { done, controller, waiting: 0 }
    flights.set(key, flight)
    return flight
  }
  return {
    async join(key, signal, work) {
      signal.throwIfAborted()
      const flight = flights.get(key) ?? begin(key, work)
      flight.waiting += 1
      return await new Promise<Value>((resolve, reject) => {
        const leave = (): void => {
          flight.waiting -= 1
          if (flight.waiting === 0) {
            // Whoever comes now begins anew.
            flights.delete(key)
            flight.controller.abort(signal.reason)
          }
          reject(signal.reason)
        }
        signal.addEventListener('abort', leave, { once: true })
        const stay = (): void => signal.removeEventListener('abort', leave)
        flight.done.then(resolve, reject).finally(stay)
      })
    },
  }
}

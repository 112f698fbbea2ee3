// How often somebody may be wrong: five times a minute from one address, which of IPv6 is a network: whoever has one
// address there has billions.

import { isIPv6, SocketAddress } from 'node:net'

export interface Attempts {
  /** Milliseconds to wait before the next attempt is heard; 0 for none. */
  wait(address: string, now: number): number
  /** Notes that an attempt was wrong. */
  fail(address: string, now: number): void
}

const MOST = 5
/** Milliseconds. */
const WINDOW = 60_000
/** Addresses remembered; the oldest make room. */
const ADDRESSES = 1000

/** Nobody was wrong yet. */
export function createAttempts(): Attempts {
  const failures = new Map<string, readonly number[]>()
  const recent = (address: string, now: number): readonly number[] =>
    (failures.get(address) ?? []).filter((at) => now - at < WINDOW)
  return {
    wait(address, now) {
      const [first = now, ...later] = recent(networkOf(address), now)
      return later.length + 1 < MOST ? 0 : first + WINDOW - now
    },
    fail(from, now) {
      const address = networkOf(from)
      const times = [...recent(address, now), now].slice(-MOST)
      failures.delete(address)
      failures.set(address, times)
      for (const oldest of failures.keys()) {
        if (failures.size <= ADDRESSES) break
        failures.delete(oldest)
      }
    },
  }
}

/** An IPv4 address by itself, however it is written, and the first 64 bits of an IPv6 one. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = new SocketAddress({ address: plain, family: 'ipv6' }).address.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  return [...first, ...zeros, ...last].slice(0, 4).join(':')
}

// How long a token lives on, counted down.

import { useEffect, useState } from 'react'

import { Badge } from '../../ui/display/badge.tsx'
import { type Explanation, secondsLeft } from './explanation.ts'

/** Milliseconds. */
const TICK = 1_000

export function TimeLeft({ explanation }: { readonly explanation: Explanation }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), TICK)
    return () => clearInterval(ticking)
  }, [])
  const left = secondsLeft(explanation, now)
  if (explanation.kind !== 'token' || explanation.claims === null) return null
  if (left === null) return <Badge tone="warning">never expires</Badge>
  return left >= 0 ? <Badge>{span(left)} left</Badge> : <Badge tone="warning">expired {span(-left)} ago</Badge>
}

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`
  const hours = Math.floor(seconds / 3600)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`
}

// What there is to know of something, each fact by its name.

import type { ReactNode } from 'react'

/** Names at the left, what they are at the right; below each other where there is little room. Null leaves a fact out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode] | null)[] }) {
  return (
    <dl className="grid grid-cols-1 gap-x-6 text-sm sm:gap-y-1.5 sm:grid-cols-[11rem_minmax(0,1fr)]">
      {facts
        .filter((fact) => fact !== null)
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="mb-1.5 min-w-0 break-words sm:mb-0">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

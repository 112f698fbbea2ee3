// A word about the state of something. The word says it; the colour only helps.

import type { ReactNode } from 'react'

const tones = {
  neutral: 'bg-sunken text-quiet border-line',
  brand: 'bg-brand-soft text-brand-strong border-transparent',
  good: 'bg-good-soft text-good border-transparent',
  warning: 'bg-warning-soft text-warning border-transparent',
  danger: 'bg-danger-soft text-danger border-transparent',
} as const

export type Tone = keyof typeof tones

export function Badge({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={`inline-flex shrink-0 items-center gap-1 rounded border px-1.5 py-px text-xs font-medium whitespace-nowrap ${tones[tone]}`}
    >
      {children}
    </span>
  )
}

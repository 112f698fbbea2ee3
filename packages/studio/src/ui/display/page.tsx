// The parts every screen is made of: its head, a card, what is shown while there is nothing.

import { LoaderCircle } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'

import { classes } from '../classes.ts'

interface PageProps {
  readonly title: string
  readonly description?: ReactNode
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** The content is as wide as the window, and scrolls by itself. */
  readonly wide?: boolean
}

/** One screen. Its title is the document's, too. */
export function Page({ title, description, actions, children, wide = false }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Tenon Studio`
  }, [title])
  return (
    <div className={classes('flex flex-col gap-5 p-4 sm:p-6', wide ? 'min-h-full' : 'mx-auto w-full max-w-6xl')}>
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold break-words">{title}</h1>
          {description !== undefined && <p className="max-w-prose text-sm text-quiet">{description}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

interface CardProps {
  readonly title?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}

/** Things that belong together. */
export function Card({ title, actions, children, className }: CardProps) {
  return (
    <section className={classes('min-w-0 rounded-lg border border-line bg-surface', className)}>
      {(title !== undefined || actions !== undefined) && (
        <header className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2.5">
          <h2 className="min-w-0 text-sm font-semibold break-words">{title}</h2>
          {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
        </header>
      )}
      <div className="flex flex-col gap-4 p-4">{children}</div>
    </section>
  )
}

interface EmptyProps {
  readonly title: string
  readonly body?: ReactNode
  readonly action?: ReactNode
}

/** In place of a list that has nothing: what it would hold, and how to begin. */
export function Empty({ title, body, action }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-lg border border-dashed border-line px-4 py-10 text-center">
      <p className="font-medium">{title}</p>
      {body !== undefined && <div className="max-w-prose text-sm text-quiet">{body}</div>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  )
}

/** While something is being read. */
export function Loading({ label = 'Loading' }: { readonly label?: string }) {
  return (
    <div role="status" className="flex items-center gap-2 p-4 text-sm text-quiet">
      <LoaderCircle className="size-4 animate-spin" aria-hidden />
      {label}…
    </div>
  )
}

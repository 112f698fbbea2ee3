// Ways between the screens of one instance.

import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { classes } from '../../ui/classes.ts'
import { useInstanceName } from '../api/clerk-request.ts'

interface ClerkLinkProps {
  /** Below `/clerk/<instance>`. */
  readonly to: string
  readonly children: ReactNode
  readonly className?: string
}

/** A link to another screen of this instance. */
export function ClerkLink({ to, children, className }: ClerkLinkProps) {
  const address: string = `/clerk/${useInstanceName()}${to}`
  return (
    <Link to={address} className={classes('text-brand-strong underline', className)}>
      {children}
    </Link>
  )
}

/** Goes to another screen of this instance, with a search where one is given; after a save, so it asks nobody. */
export function useGo(): (to: string, search?: Readonly<Record<string, string>>) => void {
  const instance = useInstanceName()
  const navigate = useNavigate()
  return (to, search = {}) => {
    const address: string = `/clerk/${instance}${to}`
    void navigate({ to: address, search, ignoreBlocker: true })
  }
}

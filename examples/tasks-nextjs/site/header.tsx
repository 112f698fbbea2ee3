'use client'

import { OrganizationSwitcher, Show, SignInButton, SignUpButton, UserButton } from '@clerk/nextjs'
import Link from 'next/link'

/** The ways through the app, and Clerk's own components for who one is. */
export function Header() {
  return (
    <header>
      <nav>
        <Link href="/">Tasks</Link>
        <Link href="/template">By template</Link>
        <Link href="/server">On the server</Link>
      </nav>
      <Show when="signed-out">
        <SignInButton />
        <SignUpButton />
      </Show>
      <Show when="signed-in">
        <OrganizationSwitcher organizationProfileMode="navigation" organizationProfileUrl="/organization" />
        <UserButton userProfileMode="navigation" userProfileUrl="/user" />
      </Show>
    </header>
  )
}

import { ClerkProvider } from '@clerk/nextjs'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'

import { Header } from '../site/header'
import './globals.css'

export const metadata: Metadata = {
  title: 'Tasks',
  description: 'Clerk says who asks, Postgres says what she may see.',
}

/** Clerk's components take the colours of globals.css, light and dark. */
const appearance = {
  variables: {
    colorPrimary: 'var(--brand)',
    colorPrimaryForeground: 'var(--on-brand)',
    colorBackground: 'var(--surface)',
    colorForeground: 'var(--text)',
    colorMutedForeground: 'var(--quiet)',
    colorMuted: 'var(--page)',
    colorNeutral: 'var(--text)',
    colorInput: 'var(--page)',
    colorInputForeground: 'var(--text)',
  },
}

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <ClerkProvider appearance={appearance}>
      <html lang="en">
        <body>
          <Header />
          <main>{children}</main>
        </body>
      </html>
    </ClerkProvider>
  )
}

// The picture on the button of a custom provider that has none of its own: its first letter.

import { escapeHtml } from '../../http/escape-html.ts'

/** An SVG for a provider's key. */
export function providerLogo(key: string): string {
  const letter = escapeHtml(key.slice(0, 1).toUpperCase())
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32"><rect width="32" height="32" rx="6" fill="#44505e"/><text x="16" y="22" fill="#ffffff" font-family="sans-serif" font-size="18" font-weight="bold" text-anchor="middle">${letter}</text></svg>`
}

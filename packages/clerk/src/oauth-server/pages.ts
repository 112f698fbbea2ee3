// The two pages the OAuth server shows itself: what an application asks for, and that nobody is signed in.

import { escapeHtml } from '../http/escape-html.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import { isScope, scopeDescriptions, scopesOf } from './scopes.ts'

/** The page that asks; its form carries the whole request again, so nothing is kept meanwhile. */
export function consentPage(
  { application, scopes }: AuthorizationRequest,
  action: string,
  query: URLSearchParams,
): string {
  const wishes = scopesOf(scopes).map(
    (scope) => `<li>${escapeHtml(isScope(scope) ? scopeDescriptions[scope] : scope)}</li>`,
  )
  // The answer is hers alone: an application that put one into its request would have it before her own.
  const kept = [...query]
    .filter(([name]) => name !== 'consented')
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
  return page(
    `${application.name} asks for access`,
    `<p>${escapeHtml(application.name)} would like to:</p><ul>${wishes.join('')}</ul>
<form method="post" action="${escapeHtml(action)}">${kept.join('')}
<button name="consented" value="true">Allow</button> <button name="consented" value="false">Deny</button></form>`,
  )
}

/** The page for a browser on which nobody is signed in. */
export function signInPage({ application }: AuthorizationRequest): string {
  return page(
    'Sign in first',
    `<p>${escapeHtml(application.name)} asks who you are. Sign in to your application in this browser and load this page
again.</p>`,
  )
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui;max-width:28rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.4rem 1rem}</style>
</head><body><h1>${escapeHtml(title)}</h1>${content}</body></html>`
}

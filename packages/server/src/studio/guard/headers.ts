// What every answer of Studio's server forbids the browser.

type Headers = Readonly<Record<string, string>>

const always: Headers = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * The page: scripts and requests of its own origin only. Styles are set by its parts as they need them. Pictures of
 * people may come from `pictures`, origins of the built-in instances.
 */
export function pageHeaders(pictures: readonly string[]): Headers {
  return { ...always, 'content-security-policy': pagePolicy(pictures), 'referrer-policy': 'no-referrer' }
}

function pagePolicy(pictures: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    ["img-src 'self' data:", ...new Set(pictures)].join(' '),
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Where one signs in. The policy of referrers is not the strictest: under that one a browser hides from its own form's
 * POST whose it is.
 */
export const signInHeaders: Headers = {
  ...always,
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
}

/** Data: a function of the project may answer with HTML, which must not become a page of this origin. */
export const dataHeaders: Headers = {
  ...always,
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

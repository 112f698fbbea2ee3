// What type an object is served as, so that nothing anybody stored runs as a page of this origin.

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const ESSENCE = new RegExp(`^[ \\t]*(${TOKEN}/${TOKEN})[ \\t]*(?=;|$)`)
const WHOLE = new RegExp(
  `^${TOKEN}/${TOKEN}(?:[ \\t]*;[ \\t]*${TOKEN}=(?:${TOKEN}|"[^"\\\\\\x00-\\x1f\\x7f-\\uffff]*"))*$`,
)

const PAGE = /html/i
const XML = /^(?:(?:text|application)\/(?:xml|xml-dtd|xml-external-parsed-entity)|text\/xsl|[^/]+\/[^;]*\+xml)$/i
const MIXED = /^(?:multipart|message)\//i

/** Scripts, frames and forms are off in whatever is opened under this; styles stay, since drawings need them. */
const SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

export interface ServedType {
  readonly contentType: string
  /** The policy that it is opened under; null where a browser runs nothing of it anyway. */
  readonly contentSecurityPolicy: string | null
}

/**
 * The rule, beside `X-Content-Type-Options: nosniff` on every answer:
 * - HTML, XHTML and whatever else has `html` in its type is `text/plain`, as upstream serves it;
 * - XML, SVG among it, keeps its type, so that `<img>` shows a drawing, and is sandboxed when it is opened itself;
 * - `multipart/*` and `message/*`, which may hold any of these, and what has not the form of a media type (RFC 9110, 8.3.1) are
 *   `application/octet-stream`; parameters of another form are left out;
 * - anything else is served as it was stored. A script is one: it runs only where a page asks for it by name.
 */
export function servedType(stored: string | null | undefined): ServedType {
  const essence = ESSENCE.exec(stored ?? '')?.[1] ?? null
  if (PAGE.test(essence ?? stored ?? '')) return { contentType: 'text/plain', contentSecurityPolicy: null }
  if (essence === null || MIXED.test(essence)) {
    return { contentType: 'application/octet-stream', contentSecurityPolicy: null }
  }
  const contentType = WHOLE.test(stored ?? '') ? (stored ?? essence) : essence
  return { contentType, contentSecurityPolicy: XML.test(essence) ? SANDBOX : null }
}

// Whether bytes can be what they are said to be.

type Family = 'image' | 'film' | 'font' | 'document' | 'container' | 'program' | 'page' | 'text'

/** In this order: the first that fits. */
const FAMILIES: readonly (readonly [Family, RegExp])[] = [
  ['text', /^text\/(?!html)|[/+](?:json|xml|yaml|javascript)$|^application\/(?:sql|rtf|x-ndjson)$|^image\/svg/],
  ['page', /^(?:text\/html|application\/xhtml\+xml)$/],
  ['image', /^image\//],
  ['film', /^(?:audio|video)\/|^application\/(?:ogg|mp4|mxf|vnd\.apple\.mpegurl|x-matroska)$/],
  ['font', /^font\/|^application\/(?:font-|x-font-|vnd\.ms-fontobject)/],
  ['document', /^application\/(?:pdf|postscript|illustrator)$/],
  [
    'program',
    /^application\/(?:x-msdownload|x-elf|x-executable|x-mach-binary|x-sh|x-sharedlib|vnd\.microsoft\.portable-executable|wasm)$/,
  ],
  [
    'container',
    /zip|compress|archive|tar$|^application\/(?:x-cfb|x-7z|vnd\.(?:openxmlformats|oasis|ms-|rar|visio)|msword|vnd\.apple|java-archive|vnd\.android|x-rar|x-xz|zstd|x-bzip)|^model\//,
  ],
]

/** Of these the signature leaves no doubt, and their names are one each. */
const PLAIN_IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])
const OTHER_NAMES = new Map([
  ['image/jpg', 'image/jpeg'],
  ['image/pjpeg', 'image/jpeg'],
  ['image/x-png', 'image/png'],
  ['image/apng', 'image/png'],
  ['image/x-ms-bmp', 'image/bmp'],
  ['image/x-bmp', 'image/bmp'],
])

/**
 * Whether bytes of the kind `found` are surely not of the type `declared`. Types that nobody can tell from their bytes
 * contradict nothing, except that a program and a page are what they are: the one is no other type that is known, and the
 * other no picture, film, font or document. Formats that wrap one another, as `docx` and `zip`, are one family.
 */
export function contradicts(found: string, declared: string): boolean {
  const [kind, type] = [nameOf(found), nameOf(declared)]
  if (kind === type || type === 'application/octet-stream') return false
  const [is, said] = [familyOf(kind), familyOf(type)]
  if (is === 'program') return said !== 'program' && !(kind === 'application/x-sh' && said === 'text')
  if (is === null || said === null) return false
  if (is === 'page') return type.startsWith('image/') || (said !== 'page' && said !== 'text' && said !== 'container')
  if (is === 'text') return false
  if (type === 'image/svg+xml') return kind !== 'application/gzip'
  if (PLAIN_IMAGES.has(kind) && PLAIN_IMAGES.has(type)) return true
  return is !== said
}

function nameOf(type: string): string {
  return OTHER_NAMES.get(type) ?? type
}

function familyOf(type: string): Family | null {
  return FAMILIES.find(([, form]) => form.test(type))?.[0] ?? null
}

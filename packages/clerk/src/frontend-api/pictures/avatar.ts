// The picture of somebody who has none: a disc in a colour of her own, so that pages have something to show offline.

import { createHash } from 'node:crypto'

/** An SVG for an id; the same id always looks the same. */
export function avatarOf(id: string): string {
  const [hue = 0, turn = 0] = createHash('sha256').update(id).digest()
  const from = Math.round((hue / 255) * 360)
  const to = (from + 30 + Math.round((turn / 255) * 60)) % 360
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1">
<stop offset="0" stop-color="hsl(${from} 70% 55%)"/><stop offset="1" stop-color="hsl(${to} 70% 45%)"/>
</linearGradient></defs><rect width="64" height="64" fill="url(#g)"/>
<circle cx="32" cy="25" r="11" fill="#fff" fill-opacity=".85"/><path d="M10 60a22 20 0 0 1 44 0z" fill="#fff" fill-opacity=".85"/>
</svg>`
}

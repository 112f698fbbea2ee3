// A browser cannot scroll a box of any height. Beyond what it can, the box is lower than its rows would need, and a
// place in it stands for one further down.

/** Pixels; Firefox ends a little above. */
const HIGHEST = 16_000_000

/** How far the box is scrolled against how far the rows are. */
export interface ScrollScale {
  /** The height of the box's content. */
  readonly height: number
  /** 1 where nothing is scaled. */
  readonly factor: number
}

/** `rows` is the height that all rows together need, `view` what of it is in sight. Pixels. */
export function scaleOf(rows: number, view: number): ScrollScale {
  if (rows <= HIGHEST || view >= HIGHEST) return { height: rows, factor: 1 }
  return { height: HIGHEST, factor: (rows - view) / (HIGHEST - view) }
}

// Which rows are in sight. Rows are all of one height, so that this is arithmetic; what it adds is that the box may be
// lower than the rows (scroll-scale.ts), which no library of virtual lists allows for.

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

import { scaleOf } from './scroll-scale.ts'

/** Pixels. */
export const ROW_HEIGHT = 32
export const HEAD_HEIGHT = 36
/** Rows drawn beyond the edges. */
const BEYOND = 10

interface Sight {
  /** The rows to draw, the last one included. */
  readonly first: number
  readonly last: number
  /** Add it to a row's place to get its place in the box. Pixels. */
  readonly shift: number
}

export interface RowScroll extends Sight {
  /** The height that all rows take in the box. */
  readonly height: number
  /** Rows that fit. */
  readonly page: number
  /** Scrolls no further than needed. */
  show(index: number): void
}

/** `count` rows below a head that stays in sight. */
export function useRowScroll(box: RefObject<HTMLDivElement | null>, count: number): RowScroll {
  const [view, setView] = useState(600)
  const scale = scaleOf(count * ROW_HEIGHT, Math.max(view - HEAD_HEIGHT, 1))
  const body = Math.max(view - HEAD_HEIGHT, ROW_HEIGHT)
  const [sight, setSight] = useState<Sight>({ first: 0, last: 40, shift: 0 })
  // Where the rows are, and where the box was when that was set: what we set is finer than what the box can say.
  const place = useRef({ rows: 0, box: 0 })

  const look = useCallback(() => {
    const element = box.current
    if (element === null) return
    const { scrollTop } = element
    if (Math.abs(scrollTop - place.current.box) > 1) place.current = { rows: scrollTop * scale.factor, box: scrollTop }
    const rows = scale.factor === 1 ? scrollTop : place.current.rows
    const next = sightOf(rows, body, count, scale.factor === 1 ? 0 : scrollTop - rows)
    setSight((before) => (same(before, next) ? before : next))
  }, [box, body, count, scale.factor])

  const moveTo = useCallback(
    (rows: number) => {
      const element = box.current
      if (element === null) return
      const most = Math.max(0, count * ROW_HEIGHT - body)
      const within = Math.min(most, Math.max(0, rows))
      element.scrollTop = within / scale.factor
      place.current = { rows: within, box: element.scrollTop }
      look()
    },
    [box, body, count, look, scale.factor],
  )

  useLayoutEffect(look, [look])
  useBox(box, setView, look, scale.factor === 1 ? null : (step) => moveTo(place.current.rows + step))
  const show = (index: number): void => {
    const rows = scale.factor === 1 ? (box.current?.scrollTop ?? 0) : place.current.rows
    const top = index * ROW_HEIGHT
    if (top < rows) moveTo(top)
    else if (top + ROW_HEIGHT > rows + body) moveTo(top + ROW_HEIGHT - body)
  }
  return { ...sight, height: scale.height, page: Math.max(1, Math.floor(body / ROW_HEIGHT)), show }
}

function sightOf(rows: number, body: number, count: number, shift: number): Sight {
  const first = Math.max(0, Math.floor(rows / ROW_HEIGHT) - BEYOND)
  const last = Math.min(count - 1, Math.ceil((rows + body) / ROW_HEIGHT) + BEYOND)
  return { first, last, shift }
}

function same(a: Sight, b: Sight): boolean {
  return a.first === b.first && a.last === b.last && a.shift === b.shift
}

/** Listens to the box: its size, its scrolling, and the wheel where a turn of it would leap over rows. */
function useBox(
  box: RefObject<HTMLDivElement | null>,
  setView: (height: number) => void,
  look: () => void,
  step: ((pixels: number) => void) | null,
): void {
  const latest = useRef({ look, step })
  latest.current = { look, step }
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const sized = new ResizeObserver(() => setView(element.clientHeight))
    sized.observe(element)
    // Before the frame is drawn, so that no empty place is ever seen.
    const onScroll = (): void => flushSync(() => latest.current.look())
    const onWheel = (event: WheelEvent): void => {
      if (latest.current.step === null || event.deltaY === 0 || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * ROW_HEIGHT : event.deltaY
      flushSync(() => latest.current.step?.(pixels))
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      sized.disconnect()
      element.removeEventListener('scroll', onScroll)
      element.removeEventListener('wheel', onWheel)
    }
  }, [box, setView])
}

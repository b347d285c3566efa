import { useLayoutEffect, useState, type RefObject } from 'react'

/** Width of an element in CSS pixels, as the window changes. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(900)
  useLayoutEffect(() => {
    const target = element.current
    if (target === null) return
    const observer = new ResizeObserver(() => setWidth(Math.max(300, Math.floor(target.clientWidth))))
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])
  return width
}

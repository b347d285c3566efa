import type { ReactElement } from 'react'
import { percent } from '../text/figures.ts'

/** A fraction of 1 as a bar with its number. */
export function Bar(props: { readonly fraction: number }): ReactElement {
  const width = Math.round(Math.min(1, Math.max(0, props.fraction)) * 1000) / 10
  return (
    <span className="measure">
      <svg className="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="of" width="100" height="8" />
        <rect className="is" width={width} height="8" />
      </svg>
      <span className="n">{percent(props.fraction)}</span>
    </span>
  )
}

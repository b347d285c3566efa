import type { ReactElement } from 'react'

/** Events per bucket as bars over a base line: their height is the logarithm of the number, so that one event is still seen. */
export function Strip(props: {
  readonly counts: readonly number[]
  /** The largest figure of all strips that are compared. */
  readonly most: number
  /** Where a bucket begins; of one past the last too. */
  x(bucket: number): number
  readonly base: number
  readonly height: number
  readonly within: readonly [left: number, right: number]
}): ReactElement | null {
  const { counts, most, x, base, height } = props
  const [left, right] = props.within
  const scale = height / Math.log1p(Math.max(1, most))
  const bars = counts.map((count, n) => {
    const [a, b] = [Math.max(left, x(n)), Math.min(right, x(n + 1))]
    if (count === 0 || b <= a) return ''
    const tall = Math.max(1.5, Math.log1p(count) * scale)
    return `M${a.toFixed(1)} ${base}v${(-tall).toFixed(1)}H${b.toFixed(1)}V${base}Z`
  })
  return <path className="strip" d={bars.join('')} />
}

import { useState, type ReactElement } from 'react'
import type { Cite } from '../../../src/server/api.ts'

/** A picture in evidence; where a cite names a region of it, that is outlined. `src` is a data URL. */
export function Picture({ src, cite }: { readonly src: string; readonly cite: Cite }): ReactElement {
  const [size, setSize] = useState<{ readonly width: number; readonly height: number }>()
  const region = cite.kind === 'exhibit' && cite.at.kind === 'region' ? cite.at : undefined
  if (region === undefined) return <img className="picture" src={src} alt="The picture in evidence" />
  const { x, y, width, height } = region
  return (
    <span className="picture-region">
      <img
        className="picture"
        src={src}
        alt={`The picture in evidence; cited is the region at ${x},${y}, ${width} wide and ${height} high`}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setSize({ width: naturalWidth, height: naturalHeight })}
      />
      {size !== undefined && (
        <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
          <rect x={x - 4} y={y - 4} width={width + 8} height={height + 8} />
        </svg>
      )}
    </span>
  )
}

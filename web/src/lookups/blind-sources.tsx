import type { ReactElement } from 'react'
import type { LookupReview } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { counted } from '../text/figures.ts'

/** Sources that log an access without saying whose record it was: never counted as zero. */
export function BlindSources(props: { readonly sources: LookupReview['notRecorded'] }): ReactElement | null {
  if (props.sources.length === 0) return null
  return (
    <div className="box">
      <p>
        <b>Identifier not recorded</b>: these sources do not say whose record was read. They are not counted as zero.
      </p>
      <ul className="said">
        {props.sources.map((one) => (
          <li key={one.source}>
            {one.source}: identifier not recorded for{' '}
            {one.share === undefined ? counted(one.accesses, 'read') : `${one.share} of reads (${counted(one.accesses, 'read')})`}
            ; {one.why} <Cites cites={one.cites} most={2} />
          </li>
        ))}
      </ul>
    </div>
  )
}

import { Fragment, type ReactElement } from 'react'
import type { LookupReview } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { Masked } from '../parts/masked.tsx'
import { counted } from '../text/figures.ts'

/** Subscribers read together without a reason: lists to be looked at, nothing more. */
export function TogetherList(props: { readonly lists: NonNullable<LookupReview['together']> }): ReactElement | null {
  if (props.lists.length === 0) return null
  return (
    <>
      <h3>Read together</h3>
      <ul className="said">
        {props.lists.slice(0, 20).map((one) => (
          <li key={one.subscribers.map((each) => each.subscriber).join()}>
            {counted(one.size, 'subscriber')} on up to {counted(one.days, 'day')} by {counted(one.accounts.length, 'account')} (
            <span className="mono">{one.accounts.slice(0, 6).join(', ')}</span>):{' '}
            {one.subscribers.slice(0, 8).map((each) => (
              <Fragment key={each.subscriber}>
                <Masked value={each.masked} />{' '}
              </Fragment>
            ))}
            <Cites cites={one.cites} most={2} />
          </li>
        ))}
      </ul>
    </>
  )
}

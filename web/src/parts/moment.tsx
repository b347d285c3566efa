import type { ReactElement } from 'react'
import type { Moment } from '../../../src/server/api.ts'
import { instant, momentDigits, standing } from '../text/times.ts'

/** A time of the evidence, with how sure its zone and bound are. */
export function MomentText(props: { readonly moment: Moment }): ReactElement {
  const said = standing(props.moment)
  return (
    <span className="moment">
      <time dateTime={props.moment.at}>{momentDigits(props.moment)}</time>
      {said !== '' && <span className="soft"> {said}</span>}
    </span>
  )
}

/** An instant in UTC, whole seconds. */
export function Instant(props: { readonly at: string }): ReactElement {
  return (
    <time className="moment" dateTime={props.at}>
      {instant(props.at)}
    </time>
  )
}

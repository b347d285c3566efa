import type { ReactElement } from 'react'
import type { Failure } from '../api/failure.ts'

/** A failure in words, with what to do. */
export function Trouble(props: { readonly failure: Failure; onRetry?(): void }): ReactElement {
  return (
    <div className="trouble" role="alert">
      <p>
        <b>{props.failure.message}</b>
      </p>
      <p>{props.failure.hint}</p>
      {props.onRetry !== undefined && (
        <button type="button" onClick={props.onRetry}>
          Try again
        </button>
      )}
    </div>
  )
}

import type { ReactElement } from 'react'

/** A personal value in its masked form, marked as masked. */
export function Masked(props: { readonly value: string }): ReactElement {
  return (
    <span className="masked">
      {props.value}
      <span className="aloud"> (masked)</span>
    </span>
  )
}

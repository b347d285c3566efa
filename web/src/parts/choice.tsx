import type { ReactElement } from 'react'

/** One of a few: buttons side by side, the chosen one pressed. */
export function Choice(props: {
  readonly label: string
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly value: string
  onChoose(value: string): void
}): ReactElement {
  return (
    <div className="choice" role="group" aria-label={props.label}>
      {props.options.map((one) => (
        <button key={one.value} type="button" aria-pressed={one.value === props.value} onClick={() => props.onChoose(one.value)}>
          {one.text}
        </button>
      ))}
    </div>
  )
}

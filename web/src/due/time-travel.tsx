import type { FormEvent, ReactElement } from 'react'
import { amend } from '../address/use-address.ts'

/** The moment that duties are seen from: for exercises, and to see what was due when. */
export function TimeTravel(props: { readonly at?: string; readonly example: string }): ReactElement {
  const go = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const at = new FormData(event.currentTarget).get('at')
    amend({ at: typeof at === 'string' && at.trim() !== '' ? at.trim() : undefined })
  }
  return (
    <form className="awareness" onSubmit={go}>
      <div className="fields">
        <label>
          <span>Seen from (with offset); only what was known then</span>
          <input
            name="at"
            className="mono"
            defaultValue={props.at ?? ''}
            placeholder={props.example}
            spellCheck={false}
            autoComplete="off"
          />
        </label>
        <button type="submit">See</button>
        {props.at !== undefined && (
          <button type="button" className="plain" onClick={() => amend({ at: undefined })}>
            Back to now
          </button>
        )}
      </div>
    </form>
  )
}

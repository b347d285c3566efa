import { useEffect, useId, useRef, useState, type ReactElement } from 'react'

/** Personal values are masked until somebody states the purpose of seeing them; the purpose goes into the chain of custody. */
export function Unmask(props: {
  readonly purpose: string | undefined
  onPurpose(purpose: string | undefined): void
}): ReactElement {
  const [asking, setAsking] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useEffect(() => {
    if (asking) field.current?.focus()
  }, [asking])
  if (props.purpose !== undefined)
    return (
      <p className="small">
        Shown unmasked for: {props.purpose}.{' '}
        <button type="button" className="plain" onClick={() => props.onPurpose(undefined)}>
          Mask again
        </button>
      </p>
    )
  if (!asking)
    return (
      <p className="small soft">
        Personal values are masked.{' '}
        <button type="button" className="plain" onClick={() => setAsking(true)}>
          Show unmasked
        </button>
      </p>
    )
  return (
    <form
      className="inline"
      onSubmit={(event) => {
        event.preventDefault()
        const purpose = field.current?.value.trim() ?? ''
        if (purpose === '') return
        setAsking(false)
        props.onPurpose(purpose)
      }}
    >
      <label htmlFor={id}>Purpose of seeing personal values; it is recorded with your name</label>
      <input id={id} ref={field} required minLength={3} maxLength={500} autoComplete="off" />
      <button type="submit" className="main">
        Show unmasked
      </button>
      <button type="button" className="plain" onClick={() => setAsking(false)}>
        Cancel
      </button>
    </form>
  )
}

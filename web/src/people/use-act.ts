import { useState, type FormEvent } from 'react'
import { asFailure, type Failure } from '../api/failure.ts'

/** Runs an act of the person from a form (`field` gives the text of a field): once at a time, with its failure in words. */
export function useAct(act: (field: (name: string) => string) => Promise<void>): {
  readonly busy: boolean
  readonly failure?: Failure
  submit(event: FormEvent<HTMLFormElement>): void
} {
  const [state, setState] = useState<{ busy: boolean; failure?: Failure }>({ busy: false })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (state.busy) return
    setState({ busy: true })
    const form = new FormData(event.currentTarget)
    const field = (name: string): string => {
      const value = form.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    act(field).then(
      () => setState({ busy: false }),
      (thrown: unknown) => setState({ busy: false, failure: asFailure(thrown) }),
    )
  }
  return { ...state, submit }
}

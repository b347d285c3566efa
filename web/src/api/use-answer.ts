import { useCallback, useEffect, useState } from 'react'
import { asFailure, type Failure } from './failure.ts'

/** Where a request stands. A reload keeps the last answer until the new one is there. */
export interface Asked<T> {
  readonly answer?: T
  readonly failure?: Failure
  readonly loading: boolean
  reload(): Promise<void>
}

/** Asks once per `ask` (keep it stable with `useCallback`), stops the request when it is no longer wanted. */
export function useAnswer<T>(ask: (signal?: AbortSignal) => Promise<T>): Asked<T> {
  const [state, setState] = useState<{ answer?: T; failure?: Failure; loading: boolean }>({ loading: true })
  useEffect(() => {
    const controller = new AbortController()
    setState((before) => ({ ...before, loading: true }))
    ask(controller.signal).then(
      (answer) => {
        if (!controller.signal.aborted) setState({ answer, loading: false })
      },
      (thrown: unknown) => {
        if (!controller.signal.aborted) setState({ failure: asFailure(thrown), loading: false })
      },
    )
    return () => controller.abort()
  }, [ask])
  const reload = useCallback(async () => {
    try {
      setState({ answer: await ask(), loading: false })
    } catch (thrown) {
      setState((before) => ({ ...before, failure: asFailure(thrown), loading: false }))
    }
  }, [ask])
  return { ...state, reload }
}

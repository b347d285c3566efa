import type { ReactElement } from 'react'
import type { Failure } from '../api/failure.ts'
import { sentence } from '../text/figures.ts'

/** What went wrong with an act of the person, and what to do; nothing when nothing did. */
export function Wrong({ failure }: { readonly failure: Failure | undefined }): ReactElement | null {
  if (failure === undefined) return null
  return (
    <p className="wrong" role="alert">
      {sentence(failure.message)} {failure.hint}
    </p>
  )
}

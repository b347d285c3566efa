import { createContext, useContext } from 'react'
import type { CasePage, CaseView, Cite } from '../../../src/server/api.ts'

/** The open case, for every part of the page. */
export interface OpenCase {
  readonly id: string
  readonly page: CasePage
  readonly view: CaseView
  /** `performance.now()` when the answer came: clocks count from the server's `now` on. */
  readonly receivedAt: number
  /** Asks for the case again, after an act of the person. */
  reload(): Promise<void>
  /** `E3` of an exhibit of the case. */
  exhibitName(sha256: string): string | undefined
  openCite(cite: Cite): void
}

const context = createContext<OpenCase | undefined>(undefined)

/** Gives the open case to what stands inside. */
export const CaseProvider = context.Provider

/** The open case. */
export function useCase(): OpenCase {
  const value = useContext(context)
  if (value === undefined) throw new Error('used outside a case')
  return value
}

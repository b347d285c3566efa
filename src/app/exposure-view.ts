import { keptExposure, type KeptExposure } from './exposure-kept.ts'
import { pageStates, watchedPages, type TakenPage } from './watched-pages.ts'
import type { Workspace } from './workspace.ts'

/** What stands open in the estate, and what became of watched pages, as the page shows it. */
export interface ExposureView {
  /** Absent when the estate was never held against advisories. */
  readonly exposure?: KeptExposure
  readonly pages: readonly WatchedPageView[]
}

/** A watched page: when it was taken, and its last state beside the one before it. */
interface WatchedPageView {
  readonly url: string
  readonly taken: readonly Pick<TakenPage, 'at' | 'status' | 'answeredBy' | 'sha256'>[]
  readonly change?: {
    readonly kind: string
    readonly reasons: readonly string[]
    /** Share of the earlier words that still stand, 0 to 1. */
    readonly kept: number
    readonly before: PageText
    readonly after: PageText
  }
}

/** What a visitor read: title, and the first words; nothing of it is rendered. */
interface PageText {
  readonly at: string
  readonly title: string
  readonly words: string
  readonly more: boolean
}

const wordsShown = 150
/** States listed of one page, the latest. */
const statesShown = 20

/** What stands open and what became of pages, of a workspace. */
export function exposureView(workspace: Pick<Workspace, 'path'>): ExposureView {
  const exposure = keptExposure(workspace)
  return {
    ...(exposure === undefined ? {} : { exposure }),
    pages: watchedPages(workspace).map(({ url, taken }): WatchedPageView => {
      const states = taken.slice(-statesShown).map(({ at, status, answeredBy, sha256 }) => ({ at, status, answeredBy, sha256 }))
      const compared = pageStates(workspace, url)
      if (compared === undefined) return { url, taken: states }
      const { change, before, after } = compared
      const text = (at: string, page: typeof before.page): PageText => ({
        at,
        title: page.title,
        words: page.words.slice(0, wordsShown).join(' '),
        more: page.words.length > wordsShown,
      })
      return {
        url,
        taken: states,
        change: { ...change, before: text(before.at, before.page), after: text(after.at, after.page) },
      }
    }),
  }
}

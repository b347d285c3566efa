import { statSync } from 'node:fs'
import type { LogEvent } from '../events/index.ts'
import { keptIndicators } from './indicators-kept.ts'
import { indicatorMatcher, type IndicatorSeen } from './indicators-match.ts'
import type { Workspace } from './workspace.ts'

/** What is kept is looked at again so often, milliseconds. */
const lookMs = 1_000

/** The indicators kept with a workspace, those that are kept while sources are followed included. */
export class KeptIndicators {
  readonly #workspace: Pick<Workspace, 'path'>
  #looked = -Infinity
  #mark = ''
  #seek: ((event: LogEvent) => readonly IndicatorSeen[]) | undefined
  /** How many are looked for. */
  count = 0

  constructor(workspace: Pick<Workspace, 'path'>) {
    this.#workspace = workspace
  }

  /** Takes up what was kept since; `now` in milliseconds. */
  refresh(now: number): void {
    if (now >= this.#looked && now - this.#looked < lookMs) return
    this.#looked = now
    const info = statSync(this.#workspace.path('indicators.db'), { throwIfNoEntry: false })
    const mark = info === undefined ? '' : `${info.ino} ${info.size} ${info.mtimeMs}`
    if (mark === this.#mark) return
    const kept = mark === '' ? [] : keptIndicators(this.#workspace)
    this.#mark = mark
    this.count = kept.length
    this.#seek = kept.length === 0 ? undefined : indicatorMatcher(kept)
  }

  /** The indicators that an event shows. */
  readonly seek = (event: LogEvent): readonly IndicatorSeen[] => this.#seek?.(event) ?? []
}

import type { IndicatorKind, IndicatorOrigin } from './indicators.ts'

/** An indicator as a file writes it; `kind` when the file says what it is. */
export interface WrittenIndicator {
  readonly line: number
  readonly kind?: IndicatorKind
  readonly text: string
  readonly origin: Partial<IndicatorOrigin>
}

/** Where a reader puts what it finds. */
export interface IndicatorSink {
  found(one: WrittenIndicator): void
  unreadable(line: number, why: string): void
}

/** The parts of an origin that say something; markings in lower case without their name. */
export function originOf(said: {
  readonly source?: string
  readonly date?: string
  readonly tlp?: string
  readonly pap?: string
}): Partial<IndicatorOrigin> {
  const marking = (text = ''): string =>
    text
      .toLowerCase()
      .replace(/^(?:tlp|pap)[:\s-]*/, '')
      .replace('white', 'clear')
  const told = { source: said.source ?? '', date: said.date ?? '', tlp: marking(said.tlp), pap: marking(said.pap) }
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== ''))
}

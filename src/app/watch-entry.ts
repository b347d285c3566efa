import { locatorText, type Locator } from '../base/index.ts'
import type { Detection } from '../sigma/index.ts'
import type { LogEvent } from '../events/index.ts'
import type { FoundCorrelation } from './found-detection.ts'
import type { IndicatorKind, IndicatorOrigin } from './indicators.ts'
import type { IndicatorSeen } from './indicators-match.ts'

/** Where in a followed source something stands: the segment, and the line or record in it. */
export interface WatchedPlace {
  /** Absolute path, or `syslog`. */
  readonly source: string
  /** Segments of a source count from 1. */
  readonly segment: number
  readonly at: Locator
  /** Line in the file as followed, and byte at which it begins. Left out where the format does not count lines. */
  readonly line?: number
  readonly offset?: number
}

/** A rule that matched an event of a followed source. */
export interface WatchedDetection extends Omit<Detection, 'at'>, WatchedPlace {
  readonly kind: 'detection'
  readonly seq: number
  /** EventRecordID (without one, the place) in a Windows event log: such a file is read again when it has grown. */
  readonly recordId?: string
}

/** A correlation whose condition held. */
export interface WatchedCorrelation extends Omit<Detection, 'at'>, WatchedPlace {
  readonly kind: 'correlation'
  readonly seq: number
  readonly correlation: FoundCorrelation<WatchedPlace>
}

/** An indicator kept with the workspace that an event of a followed source shows: a lead, not a finding. */
export interface WatchedIndicator extends WatchedPlace {
  readonly kind: 'indicator'
  readonly seq: number
  /** With who says so, since when, and how far that may travel. */
  readonly indicator: { readonly value: string; readonly kind: IndicatorKind } & IndicatorOrigin
  readonly field: string
  /** Fixed-width UTC; '' when the record has no time. */
  readonly time: string
  readonly host: string
  readonly account: string
  readonly recordId?: string
}

/** A stretch of a source that was closed: its bytes by hash. `segment` of a detection finds its bytes here. */
export interface ClosedSegment {
  readonly kind: 'segment'
  readonly seq: number
  readonly source: string
  readonly segment: number
  readonly sha256: string
  /** Bytes of the followed file, from inclusive, to exclusive. */
  readonly from: number
  readonly to: number
  /** Line of the file that is line 1 of the segment. */
  readonly firstLine: number
  /** When its first and last bytes were read, ISO 8601 UTC. */
  readonly opened: string
  readonly closed: string
  readonly why: CloseReason
  /** `E3`; only with a case. */
  readonly exhibit?: string
  /** Lines that name the columns, put in front of the bytes in the exhibit: line 1 of the segment comes after them. */
  readonly headerLines?: number
}

/** Why a segment ended. */
export type CloseReason = 'size' | 'age' | 'rotated' | 'truncated' | 'removed' | 'stopped' | 'settled'

/** One line of the journal. */
export type WatchEntry = WatchedDetection | WatchedCorrelation | WatchedIndicator | ClosedSegment

/** An entry before it has its number. */
export type Unnumbered<Entry> = Entry extends WatchEntry ? Omit<Entry, 'seq'> : never

/** The lead of an indicator that an event shows. */
export function leadOf({ indicator, field }: IndicatorSeen, event: LogEvent, place: WatchedPlace): Unnumbered<WatchedIndicator> {
  const { written: _, ...told } = indicator
  const { time, host, account } = event
  return { kind: 'indicator', indicator: told, field, time, host, account, ...place }
}

/** What tells two entries apart: the same detection is never delivered twice. */
export function entryKey(entry: Unnumbered<WatchEntry>): string {
  switch (entry.kind) {
    case 'detection':
      return entry.recordId === undefined
        ? JSON.stringify([entry.source, entry.segment, locatorText(entry.at), entry.rule])
        : JSON.stringify([entry.source, 'record', entry.recordId, entry.time, entry.rule])
    case 'indicator': {
      const { source, segment, at, recordId, time, indicator } = entry
      const where = recordId === undefined ? [segment, locatorText(at)] : ['record', recordId, time]
      return JSON.stringify([source, ...where, indicator.kind, indicator.value, indicator.source])
    }
    case 'segment':
      return JSON.stringify([entry.source, entry.segment, 'closed'])
    case 'correlation':
      return correlationKey(entry.rule, entry.correlation.group)
  }
}

/** A correlation and the group in which it holds. */
export function correlationKey(rule: string, group: Readonly<Record<string, string>>): string {
  return JSON.stringify([rule, Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1))])
}

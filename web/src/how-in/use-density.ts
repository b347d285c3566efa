import { useCallback, useEffect, useState } from 'react'
import type { StoryDensity } from '../../../src/server/api.ts'
import { casePath, read } from '../api/request.ts'
import type { Failure } from '../api/failure.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { isoSeconds } from '../text/times.ts'
import type { TimeRange } from './time-range.ts'

/** Milliseconds: before the first question the window has found its width. */
const [patience, firstPatience] = [120, 20]

/** How many events the logs hold in a range, for all hosts and for those named; asked once the range has been still for a moment. */
export function useDensity(
  range: TimeRange,
  options: { readonly hosts: readonly string[]; readonly buckets: number },
): { readonly density?: StoryDensity; readonly failure?: Failure; readonly loading: boolean } {
  const { id } = useCase()
  const { hosts, buckets } = options
  const query = new URLSearchParams([
    ['from', isoSeconds(range.from)],
    ['to', isoSeconds(range.to + 999)],
    ['buckets', String(buckets)],
    ...hosts.map((host): [string, string] => ['host', host]),
  ]).toString()
  const [still, setStill] = useState<string | undefined>()
  useEffect(() => {
    const timer = setTimeout(() => setStill(query), still === undefined ? firstPatience : patience)
    return () => clearTimeout(timer)
  }, [query, still])
  const ask = useCallback(
    (signal?: AbortSignal) =>
      still === undefined ? new Promise<never>(() => {}) : read<StoryDensity>(casePath(id, `story-density?${still}`), signal),
    [id, still],
  )
  const { answer, failure, loading } = useAnswer(ask)
  return {
    ...(answer === undefined ? {} : { density: answer }),
    ...(failure === undefined ? {} : { failure }),
    loading: loading || still !== query,
  }
}

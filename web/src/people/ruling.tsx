import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { Finding, RulingRequest } from '../../../src/server/api.ts'
import { Instant } from '../parts/moment.tsx'
import { Status } from '../parts/status.tsx'
import { RulingForm } from './ruling-form.tsx'

type Act = RulingRequest['ruling']

const acts: readonly { readonly act: Act; readonly word: string; readonly from: readonly Finding['status'][] }[] = [
  { act: 'adopt', word: 'Adopt', from: ['proposed', 'parked', 'rejected'] },
  { act: 'reject', word: 'Reject', from: ['proposed', 'parked', 'adopted'] },
  { act: 'park', word: 'Park', from: ['proposed', 'adopted', 'rejected'] },
  { act: 'reopen', word: 'Reopen', from: ['adopted', 'parked', 'rejected'] },
]

/** Status of a finding, who ruled on it and why, and the acts that are open to the person at the page. */
export function Ruling(props: { readonly finding: Finding }): ReactElement {
  const { finding } = props
  const [act, setAct] = useState<Act | undefined>()
  const opener = useRef<HTMLElement | null>(null)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (act === undefined && opener.current !== null) {
      const back = opener.current.isConnected ? opener.current : place.current?.closest<HTMLElement>('[data-row]')
      back?.focus()
      opener.current = null
    }
  }, [act])
  return (
    <div className="ruling" ref={place} data-finding={finding.id}>
      <Status status={finding.status} />
      {finding.withdrawn === true && <span className="mark">no longer said</span>}
      {finding.ruling !== undefined && finding.status !== 'proposed' && (
        <p className="small soft">
          {finding.ruling.by}, <Instant at={finding.ruling.at} />: {finding.ruling.reason}
        </p>
      )}
      {act === undefined ? (
        <span className="acts">
          {acts
            .filter((one) => one.from.includes(finding.status))
            .map((one) => (
              <button
                key={one.act}
                type="button"
                className="plain"
                data-rule={one.act}
                aria-label={`${one.word}: ${finding.text}`}
                onClick={(event) => {
                  const row = event.currentTarget.closest<HTMLElement>('[data-row]')
                  opener.current = document.activeElement === row ? row : event.currentTarget
                  setAct(one.act)
                }}
              >
                {one.word}
              </button>
            ))}
        </span>
      ) : (
        <RulingForm finding={finding} act={act} onEnd={() => setAct(undefined)} />
      )}
    </div>
  )
}

import { useCallback, useMemo, useState, type ReactElement } from 'react'
import type { Cite, CiteRequest, OpenedCite } from '../../../src/server/api.ts'
import { amend, useAddress } from '../address/use-address.ts'
import { casePath, send } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { Modal } from '../parts/modal.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { citeLabel } from '../text/cite-label.ts'
import { findCite, keptCite } from './cite-key.ts'
import { Opened } from './opened.tsx'
import { Unmask } from './unmask.tsx'

/** The evidence drawer: open while the URL names a cite. */
export function Drawer(): ReactElement | null {
  const { query } = useAddress()
  const { view } = useCase()
  const key = query.cite
  const cite = useMemo(() => (key === undefined ? undefined : (findCite(view, key) ?? keptCite(key))), [view, key])
  const close = (): void => amend({ cite: undefined })
  if (key === undefined) return null
  if (cite === undefined)
    return (
      <Modal title="Evidence" kind="drawer" onClose={close}>
        <p>
          The case no longer holds the cite that this address names. It was made anew since; close this and open the cite from its
          sentence.
        </p>
      </Modal>
    )
  return <Original key={key} cite={cite} onClose={close} />
}

function Original(props: { readonly cite: Cite; onClose(): void }): ReactElement {
  const { id, exhibitName } = useCase()
  const [purpose, setPurpose] = useState<string | undefined>()
  const { cite } = props
  const ask = useCallback(
    (signal?: AbortSignal) => {
      const request: CiteRequest = { cite, ...(purpose === undefined ? {} : { purpose }) }
      return send<OpenedCite>(casePath(id, 'cite'), request, signal)
    },
    [id, cite, purpose],
  )
  const { answer, failure, loading, reload } = useAnswer(ask)
  return (
    <Modal title={answer?.label ?? citeLabel(cite, exhibitName)} kind="drawer" onClose={props.onClose}>
      {loading && answer === undefined && <p role="status">Opening the original ...</p>}
      {failure !== undefined && (
        <Trouble
          failure={failure}
          onRetry={() => {
            if (purpose === undefined) void reload()
            else setPurpose(undefined)
          }}
        />
      )}
      {answer !== undefined && (
        <Opened
          cite={cite}
          opened={answer}
          unmask={
            answer.masked === true || purpose !== undefined ? <Unmask purpose={purpose} onPurpose={setPurpose} /> : undefined
          }
        />
      )}
    </Modal>
  )
}

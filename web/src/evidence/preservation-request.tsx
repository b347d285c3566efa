import { useCallback, useState, type ReactElement } from 'react'
import type { PreservationRequest as Request, PreservationText } from '../../../src/server/api.ts'
import { asFailure, type Failure } from '../api/failure.ts'
import { casePath, send } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { Modal } from '../parts/modal.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { Wrong } from '../parts/wrong.tsx'

/** The request to the owner of a log source as text; recorded when the person says so. */
export function PreservationRequest(props: { readonly source: string; onClose(): void }): ReactElement {
  const { id, page, reload } = useCase()
  const { source } = props
  const write = useCallback(
    (record: boolean, signal?: AbortSignal) => {
      const request: Request = { source, record }
      return send<PreservationText>(casePath(id, 'preservation'), request, signal)
    },
    [id, source],
  )
  const ask = useCallback((signal?: AbortSignal) => write(false, signal), [write])
  const { answer, failure, reload: again } = useAnswer(ask)
  const [said, setSaid] = useState('')
  const [wrong, setWrong] = useState<Failure>()
  const record = (): void => {
    write(true)
      .then(async ({ number = '' }) => {
        setSaid(`${number} recorded.`)
        announce(`${number} recorded.`)
        await reload()
      })
      .catch((thrown: unknown) => setWrong(asFailure(thrown)))
  }
  const copy = (): void => {
    navigator.clipboard.writeText(answer?.text ?? '').then(
      () => setSaid('Copied.'),
      () => setSaid('The browser did not allow copying; select the text instead.'),
    )
  }
  return (
    <Modal title={`Preservation request, ${source}`} kind="drawer" onClose={props.onClose}>
      {failure !== undefined && <Trouble failure={failure} onRetry={() => void again()} />}
      {answer === undefined && failure === undefined && <p role="status">Writing the request ...</p>}
      {answer !== undefined && (
        <>
          <p className="soft">
            Not sent. It names the source and the days and nothing else of the case.{' '}
            <button type="button" className="plain" onClick={copy}>
              Copy
            </button>{' '}
            <button type="button" className="plain" onClick={record}>
              Record it as {page.actor}
            </button>{' '}
            <span role="status">{said}</span>
          </p>
          <Wrong failure={wrong} />
          <section className="draft" tabIndex={0} aria-label="Request">
            {answer.text.split('\n').map((line, n) => (
              <div key={`${n} ${line}`}>{line === '' ? '\u00a0' : line}</div>
            ))}
          </section>
        </>
      )}
    </Modal>
  )
}

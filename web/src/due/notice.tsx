import { useCallback, useState, type ReactElement } from 'react'
import type { NoticeDraft } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { casePath, read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { Modal } from '../parts/modal.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { counted } from '../text/figures.ts'

/** The draft of a notice as text, with what is missing marked; to be checked by counsel before it leaves. */
export function Notice(props: { readonly duty: string }): ReactElement {
  const { id } = useCase()
  const { duty } = props
  const ask = useCallback(
    (signal?: AbortSignal) => read<NoticeDraft>(casePath(id, `notice?duty=${encodeURIComponent(duty)}`), signal),
    [id, duty],
  )
  const { answer, failure, reload } = useAnswer(ask)
  const [copied, setCopied] = useState('')
  const missing = answer?.markdown.match(/\[MISSING[^\]]*\]/g)?.length ?? 0
  const copy = (): void => {
    navigator.clipboard.writeText(answer?.markdown ?? '').then(
      () => setCopied('Copied.'),
      () => setCopied('The browser did not allow copying; select the text instead.'),
    )
  }
  return (
    <Modal title="Notice draft" kind="drawer" onClose={() => amend({ notice: undefined })}>
      {failure !== undefined && <Trouble failure={failure} onRetry={() => void reload()} />}
      {answer === undefined && failure === undefined && <p role="status">Writing the draft ...</p>}
      {answer !== undefined && (
        <>
          <p className="soft">
            Draft, not sent. Not legal advice. Fields are filled from adopted findings and what people wrote;{' '}
            {missing === 0 ? 'nothing is marked missing' : `${counted(missing, 'field')} marked missing`}.{' '}
            <button type="button" className="plain" onClick={copy}>
              Copy as Markdown
            </button>{' '}
            <span role="status">{copied}</span>
          </p>
          <section className="draft" tabIndex={0} aria-label="Draft">
            {answer.markdown.split('\n').map((line, n) => (
              <DraftLine key={`${n} ${line}`} line={line} />
            ))}
          </section>
        </>
      )}
    </Modal>
  )
}

function DraftLine(props: { readonly line: string }): ReactElement {
  const parts = props.line.split(/(\[MISSING[^\]]*\])/)
  return (
    <div className={props.line.startsWith('#') ? 'heading' : undefined}>
      {parts.map((part, n) => (n % 2 === 1 ? <mark key={`${n} ${part}`}>{part}</mark> : part))}
      {props.line === '' && '\u00a0'}
    </div>
  )
}

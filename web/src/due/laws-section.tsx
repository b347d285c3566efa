import { useCallback, type ReactElement } from 'react'
import type { DueAnswer, LawList, LawReading } from '../../../src/server/api.ts'
import { amend, useAddress } from '../address/use-address.ts'
import { read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Modal } from '../parts/modal.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { ActForm } from './act-form.tsx'

/** Every rule behind the clocks, to be read as sentences; drafts are enabled here. */
export function LawsSection(props: { readonly drafts: DueAnswer['notTriggered'] }): ReactElement {
  const { query } = useAddress()
  const ask = useCallback((signal?: AbortSignal) => read<LawList>('/api/cases/-/laws', signal), [])
  const { answer, failure, reload } = useAnswer(ask)
  const chosen = answer?.laws.find((one) => one.id === query.law)
  const drafts = props.drafts.flatMap((one) => one.draft ?? [])
  return (
    <section>
      <h2>The rules, as a person reads them</h2>
      {failure !== undefined && <Trouble failure={failure} onRetry={() => void reload()} />}
      <ul className="said">
        {(answer?.laws ?? []).map((one) => (
          <li key={one.id}>
            <button type="button" className="plain" onClick={() => amend({ law: one.id })}>
              {one.title}
            </button>{' '}
            <span className="small soft">
              {one.jurisdiction} ·{' '}
              {one.status === 'uncertain' ? '○ draft, uncertain' : one.status === 'proposed' ? '◌ proposed' : '● in force'}
              {one.confidential && ' · own file, never exported'}
            </span>
          </li>
        ))}
      </ul>
      {chosen !== undefined && (
        <Modal title={chosen.title} kind="drawer" onClose={() => amend({ law: undefined })}>
          <Law law={chosen} />
          {drafts.includes(chosen.id) && (
            <ActForm
              label="Enable for this case"
              onDone={() => amend({ law: undefined })}
              act={() => ({ act: 'enable-law', law: chosen.id })}
            />
          )}
        </Modal>
      )}
    </section>
  )
}

function Law(props: { readonly law: LawReading }): ReactElement {
  const { law } = props
  return (
    <>
      <p>
        <b>{law.standing}</b> {law.disclaimer}
      </p>
      <ul className="said">
        {[...law.about, ...law.open.map((one) => `Still to check: ${one}`)].map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      {law.rules.map((rule) => (
        <section key={rule.id}>
          <h3>{rule.title}</h3>
          <ul className="said">
            {rule.sentences.map((one) => (
              <li key={one}>{one}</li>
            ))}
            {rule.fields.length > 0 && <li>The form asks for: {rule.fields.join('; ')}.</li>}
          </ul>
          <p className="small soft">
            {rule.source.how}:{' '}
            {/^https?:\/\//.test(rule.source.url) ? (
              <a href={rule.source.url} rel="noreferrer noopener" target="_blank">
                {rule.source.text}
              </a>
            ) : (
              rule.source.text
            )}
            , read {rule.source.read}
          </p>
        </section>
      ))}
      <ul className="said soft">
        {[...law.always.map((one) => `Always: ${one}`), ...law.notes].map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </>
  )
}

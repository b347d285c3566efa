import { useState, type FormEvent, type ReactElement, type RefObject } from 'react'
import type { KeptStatement, StatementCheck, StatementDraft, StatementList } from '../../../src/server/api.ts'
import { asFailure, type Failure } from '../api/failure.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { AudienceFields } from './audience-fields.tsx'
import { CheckResult } from './check-result.tsx'
import { DraftSentences } from './draft-sentences.tsx'
import { Wrong } from '../parts/wrong.tsx'

interface Result {
  /** The text that was checked. */
  readonly of: string
  readonly check: StatementCheck
  readonly draft?: StatementDraft
}

/** Drafts, writes and checks a text, and puts it up for sign-off when nothing in it is refused. */
export function WriteStatement(props: {
  readonly languages: StatementList['languages']
  readonly text: string
  onText(text: string): void
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly reload: () => Promise<void>
}): ReactElement {
  const { languages, text, onText, field, reload } = props
  const { id, page } = useCase()
  const [result, setResult] = useState<Result>()
  const [busy, setBusy] = useState('')
  const [failure, setFailure] = useState<Failure>()
  const acts = {
    draft: async (form: FormData) => {
      const nextAt = worded(form, 'nextAt')
      const asked = { audience: worded(form, 'audience'), language: worded(form, 'language') }
      const more = nextAt === '' ? {} : { nextAt: new Date(nextAt).toISOString() }
      const made = await send<{ draft: StatementDraft; check: StatementCheck }>(casePath(id, 'statement-drafts'), {
        ...asked,
        ...more,
      })
      onText(made.draft.text)
      setResult({ of: made.draft.text, ...made })
      announce('A draft was written; it is not kept until it is put up for sign-off.')
    },
    check: async () => {
      const check = await send<StatementCheck>(casePath(id, 'statement-checks'), { text })
      setResult((before) => ({ of: text, check, ...(before?.draft?.text === text ? { draft: before.draft } : {}) }))
      announce(check.ok ? 'Nothing is refused.' : `${check.refusals.length + check.hidden.length} places are refused.`)
    },
    submit: async (form: FormData) => {
      const asked = { audience: worded(form, 'audience'), language: worded(form, 'language') }
      const asDrafted = result?.draft !== undefined && result.draft.text === text && result.draft.audience === asked.audience
      const made = asDrafted
        ? await send<{ statement?: KeptStatement }>(casePath(id, 'statement-drafts'), { ...asked, submit: true })
        : await send<{ statement?: KeptStatement }>(casePath(id, 'statements'), { ...asked, text })
      await reload()
      setResult(undefined)
      onText('')
      announce(`${made.statement?.id ?? 'The statement'} is put up for sign-off.`)
    },
  }
  const act = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (busy !== '') return
    const { submitter } = event.nativeEvent as SubmitEvent
    const which = submitter instanceof HTMLButtonElement ? submitter.value : 'check'
    if (which !== 'draft' && which !== 'check' && which !== 'submit') return
    setBusy(which)
    setFailure(undefined)
    acts[which](new FormData(event.currentTarget)).then(
      () => setBusy(''),
      (thrown: unknown) => {
        setBusy('')
        setFailure(asFailure(thrown))
      },
    )
  }
  const current = result !== undefined && result.of === text
  return (
    <section aria-label="Write a statement">
      <h2>Write a statement</h2>
      <form className="block" onSubmit={act}>
        <div className="fields">
          <AudienceFields languages={languages} />
          <label>
            <span>Next statement comes (optional, your time)</span>
            <input type="datetime-local" name="nextAt" />
          </label>
          <button type="submit" value="draft" disabled={busy !== ''}>
            {busy === 'draft' ? 'Writing ...' : 'Draft from adopted findings'}
          </button>
        </div>
        <label>
          <span>Text</span>
          <textarea
            ref={field}
            className="statement"
            rows={text === '' ? 4 : 14}
            value={text}
            maxLength={200_000}
            onChange={(event) => onText(event.target.value)}
            aria-describedby="statement-result"
          />
        </label>
        <p className="acts">
          <button type="submit" value="check" disabled={busy !== '' || text.trim() === ''}>
            {busy === 'check' ? 'Checking ...' : 'Check this text'}
          </button>{' '}
          <button
            type="submit"
            value="submit"
            className="main"
            disabled={busy !== '' || !current || !result.check.ok}
            title={current && result.check.ok ? undefined : 'Check the text first; one with a refused place is not taken.'}
          >
            {busy === 'submit' ? 'Signing ...' : `Put up for sign-off as ${page.actor}`}
          </button>
          {result !== undefined && !current && <span className="soft"> The text was changed: check it again.</span>}
        </p>
        <Wrong failure={failure} />
      </form>
      <div id="statement-result">
        {current && <CheckResult check={result.check} />}
        {current && result.draft !== undefined && <DraftSentences draft={result.draft} />}
      </div>
    </section>
  )
}

function worded(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

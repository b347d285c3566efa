import { useState, type ReactElement } from 'react'
import type { TrackedRequest } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from './use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

const words = {
  send: 'It was sent',
  remind: 'A reminder went out',
  answer: 'An answer came',
  extend: 'More time was given',
  refuse: 'It was refused',
  close: 'Close it',
} as const
type Act = keyof typeof words

/** What may be entered of a request in each state. */
const offered: Readonly<Record<TrackedRequest['state'], readonly Act[]>> = {
  drafted: ['send', 'close'],
  sent: ['answer', 'remind', 'extend', 'refuse', 'close'],
  stated: ['answer', 'remind', 'extend', 'refuse', 'close'],
  answered: ['close', 'answer'],
  refused: ['close', 'answer'],
  closed: [],
}

/** Enters what happened to a request; kept as a decision with its reason. */
export function RequestAct(props: { readonly one: TrackedRequest; readonly reload: () => Promise<void> }): ReactElement | null {
  const { one, reload } = props
  const { id, page } = useCase()
  const acts = offered[one.state]
  const [chosen, setChosen] = useState<Act>()
  const kind = chosen !== undefined && acts.includes(chosen) ? chosen : acts[0]
  const act = useAct(async (field) => {
    if (kind === undefined) return
    await send(casePath(id, 'request-acts'), { act: actOf(one.number, kind, field), reason: field('reason') })
    await reload()
    announce(`${one.number} was entered.`)
  })
  if (kind === undefined) return null
  return (
    <details key={one.state} className="act">
      <summary>Enter</summary>
      <form className="awareness" onSubmit={act.submit}>
        <div className="fields">
          <label>
            <span>What happened to {one.number}</span>
            <select value={kind} onChange={(event) => setChosen(acts.find((each) => each === event.target.value))}>
              {acts.map((each) => (
                <option key={each} value={each}>
                  {words[each]}
                </option>
              ))}
            </select>
          </label>
          <Fields kind={kind} now={page.now} to={one.to.name} />
          <label>
            <span>Why, or how it is known</span>
            <input name="reason" required maxLength={4000} />
          </label>
          <button type="submit" disabled={act.busy}>
            {act.busy ? 'Signing ...' : `Enter as ${page.actor}`}
          </button>
        </div>
      </form>
      <Wrong failure={act.failure} />
    </details>
  )
}

function Fields(props: { readonly kind: Act; readonly now: string; readonly to: string }): ReactElement {
  const { kind } = props
  return (
    <>
      {kind !== 'close' && (
        <label>
          <span>{kind === 'extend' ? 'Until' : 'When'}, with zone</span>
          <input
            name="at"
            className="mono"
            required
            defaultValue={kind === 'extend' ? '' : `${props.now.slice(0, 19)}Z`}
            maxLength={40}
            spellCheck={false}
          />
        </label>
      )}
      {(kind === 'send' || kind === 'remind') && (
        <label>
          <span>By which way</span>
          <input name="channel" required placeholder="courier, signed for" maxLength={200} />
        </label>
      )}
      {kind === 'send' && (
        <label>
          <span>To whom</span>
          <input name="to" required defaultValue={props.to} maxLength={200} />
        </label>
      )}
      {kind === 'answer' && (
        <label>
          <span>Exhibits (E14 E15), or hashes; empty: a statement, which leaves it open</span>
          <input name="evidence" className="mono" maxLength={4000} spellCheck={false} />
        </label>
      )}
      {kind === 'close' && (
        <label>
          <span>Without evidence</span>
          <select name="anyway" defaultValue="no">
            <option value="no">no: it was answered</option>
            <option value="yes">close it all the same</option>
          </select>
        </label>
      )}
    </>
  )
}

function actOf(request: string, kind: Act, field: (name: string) => string): object {
  const at = field('at')
  switch (kind) {
    case 'send':
      return { act: 'send', request, at, channel: field('channel'), to: field('to') }
    case 'remind':
      return { act: 'remind', request, at, channel: field('channel') }
    case 'extend':
      return { act: 'extend', request, due: at }
    case 'refuse':
      return { act: 'refuse', request, at }
    case 'close':
      return { act: 'close', request, anyway: field('anyway') === 'yes' }
    case 'answer': {
      const named = field('evidence')
        .split(/[\s,;]+/)
        .filter((one) => one !== '')
      const exhibits = named.filter((one) => /^E\d+$/i.test(one)).map((one) => one.toUpperCase())
      const hashes = named.filter((one) => !/^E\d+$/i.test(one)).map((one) => one.toLowerCase())
      return { act: 'answer', request, at, gives: named.length === 0 ? 'statement' : 'evidence', exhibits, hashes }
    }
  }
}

import { useState, type ReactElement } from 'react'
import type { SharedCase } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from '../people/use-act.ts'
import { counted, figure } from '../text/figures.ts'

/** Shows what would leave under a marking; then a named person releases exactly that and, where asked, puts it where peers fetch it. */
export function ShareForm(props: { onLeft(): void }): ReactElement {
  const { id, page, reload } = useCase()
  const [shown, setShown] = useState<{ readonly shared: SharedCase; readonly tlp: string; readonly pap: string }>()
  const look = useAct(async (field) => {
    const [tlp, pap] = [field('tlp'), field('pap')]
    setShown({ shared: await send<SharedCase>(casePath(id, 'share'), { tlp, pap }), tlp, pap })
  })
  const release = useAct(async (field) => {
    if (shown === undefined) return
    const { tlp, pap } = shown
    const publish = field('publish') === 'yes'
    const reason = field('reason')
    const shared = await send<SharedCase>(casePath(id, 'share'), { tlp, pap, ...(reason === '' ? {} : { reason }), publish })
    setShown({ ...shown, shared })
    await reload()
    props.onLeft()
    announce(publish ? 'Released and put where peers fetch it.' : 'Released; nothing left yet.')
  })
  const failure = look.failure ?? release.failure
  return (
    <section className="block" aria-label="What would leave">
      <form className="awareness" onSubmit={look.submit} aria-label="Look at what would leave">
        <div className="fields">
          <Level name="tlp" label="TLP" levels={['clear', 'green', 'amber', 'amber+strict', 'red']} />
          <Level name="pap" label="PAP" levels={['clear', 'green', 'amber', 'red']} />
          <button type="submit" disabled={look.busy}>
            {look.busy ? 'Looking ...' : 'Show what would leave'}
          </button>
        </div>
      </form>
      {failure !== undefined && (
        <p className="wrong" role="alert">
          {failure.message} {failure.hint}
        </p>
      )}
      {shown !== undefined && <Content shared={shown.shared} tlp={shown.tlp} pap={shown.pap} />}
      {shown !== undefined && (
        <form className="awareness" onSubmit={release.submit} aria-label="Release">
          <div className="fields">
            {shown.shared.release === undefined && (
              <label className="grow">
                <span>Release exactly this, because</span>
                <textarea name="reason" rows={1} required maxLength={4000} />
              </label>
            )}
            <label>
              <span>And then</span>
              <select name="publish" defaultValue="no">
                {shown.shared.release === undefined && <option value="no">nothing leaves yet</option>}
                <option value="yes">put it where peers fetch it</option>
              </select>
            </label>
            <button type="submit" disabled={release.busy}>
              {release.busy ? 'Signing ...' : `${shown.shared.release === undefined ? 'Release' : 'Publish'} as ${page.actor}`}
            </button>
          </div>
        </form>
      )}
    </section>
  )
}

function Level(props: { readonly name: string; readonly label: string; readonly levels: readonly string[] }): ReactElement {
  return (
    <label>
      <span>{props.label}</span>
      <select name={props.name} defaultValue="amber">
        {props.levels.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  )
}

function Content(props: { readonly shared: SharedCase; readonly tlp: string; readonly pap: string }): ReactElement {
  const { view, content, release, remarks } = props.shared
  return (
    <>
      <p>
        <b>
          TLP:{props.tlp.toUpperCase()} PAP:{props.pap.toUpperCase()}
        </b>{' '}
        {counted(view.behaviours.length, 'behaviour')}, {counted(view.indicators.length, 'indicator')},{' '}
        {counted(view.rules.length, 'rule')}.{' '}
        {release === undefined ? 'Not released.' : `Released by ${release.by} (${release.decision}).`}{' '}
        <code className="soft small">{content}</code>
      </p>
      <ul className="said">
        {view.indicators.map((one) => (
          <li key={`${one.kind} ${one.value}`}>
            {one.kind} <code>{one.value}</code> <span className="soft">({counted(one.count, 'record')})</span>
          </li>
        ))}
        {view.rules.map((one) => (
          <li key={one.id}>
            Rule: {one.title}{' '}
            <span className="soft">
              ({counted(one.found, 'record')} of the story, none of {figure(one.triedOn)} other events)
            </span>
          </li>
        ))}
        {view.withheld.map((one) => (
          <li key={one.reason} className="soft">
            Kept in: {figure(one.count)}, {one.reason}
          </li>
        ))}
        {remarks.map((one) => (
          <li key={one} className="soft">
            {one}
          </li>
        ))}
      </ul>
    </>
  )
}

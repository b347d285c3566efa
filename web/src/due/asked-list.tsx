import type { ReactElement } from 'react'
import type { Asked } from '../../../src/server/api.ts'
import { ActForm } from './act-form.tsx'
import { DesignationForm } from './designation-form.tsx'

/** What clocks wait for a person to say: zones, designations, calendars. Nothing of it is guessed. */
export function AskedList(props: { readonly asked: readonly Asked[] }): ReactElement | null {
  if (props.asked.length === 0) return null
  return (
    <section className="block">
      <h2>Asked, never guessed</h2>
      <ul className="said">
        {props.asked.map((one) => (
          <li key={`${one.what} ${one.field} ${one.text}`}>
            <span className="status open">○ </span>
            {one.text}
            <Answer asked={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Answer(props: { readonly asked: Asked }): ReactElement {
  const { asked } = props
  const jurisdiction = /^zones\.([A-Z]{2})$/.exec(asked.field)?.[1]
  switch (asked.what) {
    case 'zone-of-authority':
      return jurisdiction === undefined ? (
        <></>
      ) : (
        <ActForm label="State the zone" act={(field) => ({ act: 'zone', jurisdiction, zone: field('zone') })}>
          <label>
            <span>Zone of the authority for {jurisdiction}</span>
            <input name="zone" className="mono" required placeholder="Europe/Berlin" spellCheck={false} autoComplete="off" />
          </label>
        </ActForm>
      )
    case 'designation':
      return <DesignationForm designation={asked.field.replace('designations.', '')} />
    case 'zone-of-event':
      return <p className="small soft">State the zone with the claim or log it comes from, or decide on the moment below.</p>
    case 'calendar':
      return <p className="small soft">Put the calendar into {asked.field} under the folder "private" of the workspace.</p>
  }
}

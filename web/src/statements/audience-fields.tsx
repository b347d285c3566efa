import type { ReactElement } from 'react'
import type { Audience, StatementList } from '../../../src/server/api.ts'

const audiences: Readonly<Record<Audience, string>> = {
  customers: 'customers',
  press: 'press',
  regulator: 'regulator',
  staff: 'staff',
  partners: 'partners',
}

/** To whom, and in which language. */
export function AudienceFields({ languages }: Pick<StatementList, 'languages'>): ReactElement {
  return (
    <>
      <label>
        <span>To whom</span>
        <select name="audience" defaultValue="press">
          {Object.entries(audiences).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Language</span>
        <select name="language" defaultValue={languages[0]?.language}>
          {languages.map((one) => (
            <option key={one.language} value={one.language}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

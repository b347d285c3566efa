import type { ReactElement } from 'react'
import type { Duty } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { figure } from '../text/figures.ts'

/** The fields of the law's form: what is known with its ground, what is missing marked. */
export function FormFields(props: { readonly fields: Duty['fields'] }): ReactElement {
  const { fields } = props
  const missing = fields.filter((one) => one.value === undefined).length
  if (fields.length === 0) return <span className="soft">The law prescribes no form.</span>
  return (
    <details>
      <summary>
        {figure(fields.length - missing)} of {figure(fields.length)} fields
        {missing > 0 && <span className="status open"> ○ {figure(missing)} missing</span>}
      </summary>
      <dl className="form-fields">
        {fields.map((one) => (
          <div key={one.key}>
            <dt>{one.label}</dt>
            <dd>
              {one.value === undefined ? <span className="missing">○ missing</span> : one.value}
              {one.ground !== undefined && (
                <span className="small soft">
                  {' '}
                  {one.ground.text} <Cites cites={one.ground.cites} most={2} />
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

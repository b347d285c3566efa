import type { ReactElement } from 'react'
import type { SourceAnswer } from '../../../src/server/api.ts'
import { Row, Table } from '../parts/table.tsx'
import { figure, percent } from '../text/figures.ts'

/** Field by field: cells compared and cells equal, for the copies that come first. */
export function FieldAgreement(props: { readonly sources: readonly SourceAnswer[] }): ReactElement | null {
  const sources = props.sources.filter((one) => one.fields.length > 0).slice(0, 4)
  const fields = [...new Set(sources.flatMap((one) => one.fields.map(({ field }) => field)))]
  if (fields.length === 0) return null
  return (
    <Table
      caption="Agreement by field: equal of compared cells"
      columns={['Field', ...sources.map((one) => ({ name: one.copy, figures: true }))]}
    >
      {fields.map((field) => (
        <Row key={field}>
          <td>{field}</td>
          {sources.map((source) => {
            const cell = source.fields.find((one) => one.field === field)
            return (
              <td key={source.copy} className="n">
                {cell === undefined || cell.compared === 0 ? (
                  <span className="soft">not held</span>
                ) : (
                  <>
                    {figure(cell.equal)} of {figure(cell.compared)}{' '}
                    <span className="soft">({percent(cell.equal / cell.compared)})</span>
                  </>
                )}
              </td>
            )
          })}
        </Row>
      ))}
    </Table>
  )
}

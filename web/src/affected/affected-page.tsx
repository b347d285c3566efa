import type { ReactElement } from 'react'
import type { Affected } from '../../../src/server/api.ts'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { Cites, SaidList } from '../parts/cites.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Row, Table } from '../parts/table.tsx'
import { findingOf } from '../people/finding-of.ts'
import { Findings } from '../people/findings.tsx'
import { Ruling } from '../people/ruling.tsx'
import { figure } from '../text/figures.ts'

const sources: Readonly<Record<string, string>> = {
  sample: 'the published sample',
  story: 'data reached in the story',
  lookups: 'records read without a reason',
}

/** Who is affected: lines, records and persons told apart; small cells carry no number. */
export function AffectedPage(): ReactElement {
  const { view } = useCase()
  const { groups, floor, notes } = view.affected
  const findingFor = (one: Affected['groups'][number]): ReturnType<typeof findingOf> =>
    findingOf(view, 'affected', [`affected:${one.source}:${one.category}`])
  const inline = new Set(groups.flatMap((one) => findingFor(one)?.id ?? []))
  return (
    <>
      <PageHead title="Who is affected?" state={pageState('affected', view)}>
        A line is not a person: one person can stand on many lines. Sources can overlap; their persons are not added up.
      </PageHead>
      {groups.length === 0 ? (
        <Empty what="Nobody was counted yet.">
          Add the published sample, or audit logs of the systems that hold personal data: persons are counted from what they name.
        </Empty>
      ) : (
        <Table
          caption={`Data subjects by source and category; cells under ${floor} are suppressed`}
          columns={[
            'Source',
            'Category of data',
            { name: 'Lines', figures: true },
            { name: 'Records', figures: true },
            { name: 'Persons', figures: true },
            { name: 'What it says', width: 'wide' },
            'Ruling',
          ]}
        >
          {groups.map((one) => {
            const finding = findingFor(one)
            return (
              <Row key={`${one.source} ${one.category}`}>
                <td>{sources[one.source] ?? one.source}</td>
                <td>{one.category}</td>
                <Count n={one.lines} suppressed={one.suppressed} floor={floor} />
                <Count n={one.records} suppressed={one.suppressed} floor={floor} />
                <Count n={one.persons} suppressed={one.suppressed} floor={floor} />
                <td>
                  {one.text} <Cites cites={one.cites} />
                </td>
                <td>{finding === undefined ? <span className="soft">no finding</span> : <Ruling finding={finding} />}</td>
              </Row>
            )
          })}
        </Table>
      )}
      <SaidList sentences={notes} soft />
      <Findings kinds={['affected']} except={inline} title="Further findings on who is affected" />
    </>
  )
}

function Count(props: { readonly n: number | undefined; readonly suppressed: boolean; readonly floor: number }): ReactElement {
  if (props.n !== undefined) return <td className="n">{figure(props.n)}</td>
  return <td className="n soft">{props.suppressed ? `fewer than ${props.floor}` : 'not known'}</td>
}

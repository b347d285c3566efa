import { useCallback, type ReactElement } from 'react'
import type { SharingState } from '../../../src/server/api.ts'
import { casePath, read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { Empty } from '../parts/empty.tsx'
import { Instant } from '../parts/moment.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Row, Table } from '../parts/table.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { figure } from '../text/figures.ts'
import { ShareForm } from './share-form.tsx'

/** Names of indicators; those of rules are titles. */
const indicator = /^(?:ip|domain|url|hash|file) \S+$/

/** What other operators were told: what would leave, what was released and left, who may fetch it, what they saw, and whom we pull from. */
export function SharingPage(): ReactElement {
  const { id, view } = useCase()
  const { answer, failure, reload } = useAnswer(
    useCallback((signal?: AbortSignal) => read<SharingState>(casePath(id, 'sharing'), signal), [id, view]),
  )
  return (
    <>
      <PageHead title="What do the others know?" state={pageState('sharing', view)}>
        Behaviours, indicators and rules of an adopted story, without anything that names us, persons or third parties. Nothing
        leaves until a named person released exactly that.
      </PageHead>
      <ShareForm onLeft={() => void reload()} />
      {failure !== undefined && <Trouble failure={failure} onRetry={() => void reload()} />}
      {answer !== undefined && <Released released={answer.released} />}
      {answer !== undefined && <Peers state={answer} />}
    </>
  )
}

function Released(props: { readonly released: SharingState['released'] }): ReactElement {
  if (props.released.length === 0)
    return <Empty what="Nothing of this case was released for others.">Look at what would leave above, then release it.</Empty>
  return (
    <Table caption={`Released (${props.released.length})`} columns={['No.', { name: 'What', width: 'wide' }, 'By', 'What left']}>
      {props.released.map((one) => (
        <Row key={one.decision}>
          <td className="nowrap">
            <code>{one.decision}</code>
          </td>
          <td>
            {one.text}
            <p className="soft small written">{one.reason}</p>
          </td>
          <td>
            {one.by}
            <p className="soft small">
              <Instant at={one.at} />
            </p>
          </td>
          <td>
            {one.left.length === 0 && <span className="soft">nothing yet</span>}
            {one.left.map((each) => (
              <p key={`${each.at} ${each.format}`} className="small">
                {each.format === 'taxii' ? 'published for peers' : each.format}, <Instant at={each.at} />, {each.by}, SHA-256{' '}
                <code>{each.sha256.slice(0, 12)}</code>
              </p>
            ))}
          </td>
        </Row>
      ))}
    </Table>
  )
}

function Peers(props: { readonly state: SharingState }): ReactElement {
  const { peers, sightings, subscriptions } = props.state
  return (
    <>
      {peers.length === 0 ? (
        <p className="soft">
          No peer may fetch what is published: <code>breachline peer add NAME</code> prints a token once.
        </p>
      ) : (
        <Table
          caption={`Peers that may fetch (${peers.length})`}
          columns={[{ name: 'Operator', width: 'wide' }, 'Since', 'Let in by']}
        >
          {peers.map((one) => (
            <Row key={one.name}>
              <td>{one.name}</td>
              <td className="nowrap">
                <Instant at={one.at} />
              </td>
              <td>{one.by}</td>
            </Row>
          ))}
        </Table>
      )}
      {sightings.length > 0 && (
        <Table
          caption={`What peers saw of it (${sightings.length}, all cases)`}
          columns={['Operator', { name: 'What', width: 'wide' }, { name: 'Records', figures: true }, 'First', 'Last']}
        >
          {sightings.map((one) => (
            <Row key={`${one.peer} ${one.what} ${one.reported}`}>
              <td>{one.peer}</td>
              <td className={indicator.test(one.what) ? 'mono' : undefined}>{one.what}</td>
              <td className="n">{one.count === undefined ? '' : figure(one.count)}</td>
              <td className="nowrap">{one.first !== undefined && <Instant at={one.first} />}</td>
              <td className="nowrap">{one.last !== undefined && <Instant at={one.last} />}</td>
            </Row>
          ))}
        </Table>
      )}
      {subscriptions.length > 0 && (
        <Table
          caption={`Pulled from (${subscriptions.length})`}
          columns={[
            { name: 'Peer', width: 'wide' },
            'Until',
            { name: 'Indicators', figures: true },
            { name: 'Rules', figures: true },
            'Sightings told',
          ]}
        >
          {subscriptions.map((one) => (
            <Row key={one.url}>
              <td>
                {one.url.replace(/^https?:\/\//, '').split('/')[0]}
                <p className="soft small mono">{one.url}</p>
              </td>
              <td className="nowrap">{one.until === '' ? 'nothing yet' : <Instant at={one.until} />}</td>
              <td className="n">{figure(one.indicators)}</td>
              <td className="n">{figure(one.rules)}</td>
              <td>{one.report === '' ? 'no' : one.report}</td>
            </Row>
          ))}
        </Table>
      )}
    </>
  )
}

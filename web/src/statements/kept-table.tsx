import type { ReactElement } from 'react'
import type { KeptStatement, StatementList } from '../../../src/server/api.ts'
import { Instant } from '../parts/moment.tsx'
import { Status } from '../parts/status.tsx'
import { Row, Table } from '../parts/table.tsx'
import { ReleaseForm } from './release-form.tsx'
import { Resting } from './resting.tsx'
import { SignForm } from './sign-form.tsx'

const states: Readonly<
  Record<KeptStatement['state'], { readonly status: 'waiting' | 'rejected' | 'running' | 'done'; readonly word: string }>
> = {
  waiting: { status: 'waiting', word: 'waits for sign-off' },
  refused: { status: 'rejected', word: 'refused' },
  signed: { status: 'running', word: 'signed, may leave' },
  released: { status: 'done', word: 'released' },
  filed: { status: 'done', word: 'left before' },
}

/** Statements put up, signed and released, the latest first; texts as they were kept. */
export function KeptTable(props: {
  readonly statements: readonly KeptStatement[]
  readonly signsFor: StatementList['signsFor']
  onTake(text: string): void
  readonly reload: () => Promise<void>
}): ReactElement {
  const { statements, signsFor, onTake, reload } = props
  if (statements.length === 0)
    return <p className="soft">No statement was put up for sign-off yet, and none is recorded as having left.</p>
  return (
    <Table
      caption={`Statements (${statements.length})`}
      columns={['No.', 'To', { name: 'Text', width: 'widest' }, { name: 'State', width: 'wide' }, { name: 'Act', width: 'wide' }]}
    >
      {statements.toReversed().map((one) => (
        <Row key={one.id} id={one.id}>
          <td className="nowrap">
            <code>{one.id}</code>
          </td>
          <td>
            {one.audience}
            <p className="soft small">{one.language}</p>
          </td>
          <td>
            <Text one={one} onTake={onTake} />
          </td>
          <td>
            <State one={one} />
          </td>
          <td>
            {one.state === 'released' || one.state === 'filed' ? null : (
              <>
                <SignForm one={one} signsFor={signsFor} reload={reload} />
                {one.state === 'signed' && <ReleaseForm one={one} reload={reload} />}
              </>
            )}
          </td>
        </Row>
      ))}
    </Table>
  )
}

function Text({ one, onTake }: { readonly one: KeptStatement; onTake(text: string): void }): ReactElement {
  const [first = ''] = one.text.split('\n')
  return (
    <details>
      <summary>{first}</summary>
      <div className="words">{one.text}</div>
      <p className="soft small">
        SHA-256 <code>{one.sha256.slice(0, 16)}</code>
      </p>
      <p>
        <button type="button" className="plain" onClick={() => onTake(one.text)}>
          Take this text for the next one
        </button>
      </p>
      {one.rests.length > 0 && (
        <ul className="said">
          {one.rests
            .filter(({ findings }) => findings.length > 0)
            .map(({ sentence, findings }) => (
              <li key={sentence}>
                {sentence} <Resting findings={findings} />
              </li>
            ))}
        </ul>
      )}
    </details>
  )
}

function State({ one }: { readonly one: KeptStatement }): ReactElement {
  const { status, word } = states[one.state]
  const left = one.released ?? one.filed
  return (
    <>
      <Status status={status} word={word} />
      {left !== undefined && (
        <p>
          <Instant at={left.at} /> to {left.to}, by {left.by}
        </p>
      )}
      {one.released?.correcting !== undefined && <p className="soft">Corrects: {one.released.correcting}</p>}
      {one.signOffs.map((sign) => (
        <p key={sign.role} className={sign.answer === 'no' ? 'wrong small' : 'soft small'}>
          {sign.role}: {sign.answer === 'yes' ? 'signed off' : 'refused'} by {sign.by} ({sign.decision}). {sign.reason}
        </p>
      ))}
      {one.missing.length > 0 && <p className="small">Missing: {one.missing.join(', ')}</p>}
    </>
  )
}

import type { ReactElement } from 'react'
import type { AssessmentStatus, Duty, FindingStatus } from '../../../src/server/api.ts'

type Status = AssessmentStatus | FindingStatus | Duty['status'] | 'yes' | 'no' | 'unknown'

const shapes: Readonly<Record<Status, string>> = {
  supported: '●',
  contradicted: '✕',
  open: '○',
  proposed: '◌',
  adopted: '●',
  rejected: '✕',
  parked: '‖',
  running: '○',
  overdue: '✕',
  waiting: '◌',
  done: '●',
  yes: '●',
  no: '✕',
  unknown: '○',
}

/** A status as shape and word; colour only repeats it. */
export function Status(props: { readonly status: Status; readonly word?: string }): ReactElement {
  return (
    <span className={`status ${props.status}`}>
      <span aria-hidden="true">{shapes[props.status]} </span>
      {props.word ?? props.status}
    </span>
  )
}

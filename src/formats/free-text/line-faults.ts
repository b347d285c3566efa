import { fault, limits, type Fault } from '../../base/index.ts'

/** Told once, at the end. */
export function withoutRecordFault(where: Fault['where'], lines: number): Fault {
  return fault(
    'text-without-record',
    `${lines} ${lines === 1 ? 'line holds' : 'lines hold'} no record and ${lines === 1 ? 'was' : 'were'} left out.`,
    where,
    'Look at them in the original if they matter.',
    0,
  )
}

/** A line that was never held. */
export function tooLongFault(where: Fault['where']): Fault {
  return fault(
    'table-line-too-long',
    `The line is longer than ${limits.lineBytes} characters and was skipped.`,
    where,
    'Check that the file is a table; split the line if it holds several rows.',
    1,
  )
}

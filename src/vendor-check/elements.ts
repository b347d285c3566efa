import { elementBytes } from './suite.ts'

/** The elements of a run of 32 bytes each; views, not copies. */
export function elementsOf(run: Uint8Array): Uint8Array[] {
  return Array.from({ length: run.length / elementBytes }, (_, at) => elementAt(run, at))
}

/** One element of a run; a view. */
export function elementAt(run: Uint8Array, at: number): Uint8Array {
  return run.subarray(at * elementBytes, (at + 1) * elementBytes)
}

/** The run with its elements in order of their bytes: an order that says nothing of where each came from. */
export function sortedRun(run: Uint8Array): Uint8Array {
  return Buffer.concat(elementsOf(run).sort(Buffer.compare))
}

/** A run as one hexadecimal text per element. */
export function hexOf(run: Uint8Array): string[] {
  return elementsOf(run).map((one) => Buffer.from(one).toString('hex'))
}

/** The run of elements written by `hexOf`. */
export function runOf(hex: readonly string[]): Uint8Array {
  return Buffer.from(hex.join(''), 'hex')
}

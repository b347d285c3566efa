export type { StatementReading, StatementValue } from './reading.ts'
export { namesSubscribers } from './reading.ts'
export { statementReader } from './statement.ts'

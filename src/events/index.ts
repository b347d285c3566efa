export type { EventClass, LogEvent } from './event.ts'

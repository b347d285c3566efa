export type { DueAnswer, Duty, TriggerEvent, TriggerKind } from './duty.ts'

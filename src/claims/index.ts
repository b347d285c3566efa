export type { Assertion, AssertionKind, Deadline, Post, Quoted, Speaker, Statement, Thread, Victim } from './thread.ts'

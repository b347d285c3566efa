// The page's server: loopback only, a token or cookie for every route, one error shape. Routes and guard stay inside.
export type { CasePage, CaseSummary, DecisionRequest, NoteRequest, OpenedCite, RulingRequest } from './api.ts'
export { serve, type Serving } from './serve.ts'

// From detections and events to stories. Clustering, hops and wording stay inside; the engine is only read.
export { tellStories, type StoryOptions } from './gather.ts'
export { proposeStories } from './propose.ts'
export type { Level, Sighting } from './sighting.ts'
export type { HostStatus, Story, StoryAnswer } from './story.ts'

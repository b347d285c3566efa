export type { HostStatus, Story, StoryAnswer } from './story.ts'
